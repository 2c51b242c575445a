// A drawing of the page as a file of its own: what its style sheet says goes into it, as plain colours that every program knows.
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { style } from '../view/style.js';

/** The colours of the light theme by their variables. */
const colours = new Map(
  Array.from(style.matchAll(/--([\w-]+): light-dark\((#\w+), /g), ([, name, light]) => [name, light]),
);

/** The rules for what is drawn. */
const rules = style
  .split('\n')
  .filter((line) => /^\.(chart text|chart text\.name|frame|series|band|dot|mark|network|interval)/.test(line))
  .map((line) => line.replaceAll('.chart text', 'text'))
  .join('\n')
  .replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => colours.get(name) ?? '#000000');

/** An `<svg>` as the text of a file. */
export function svgFile(drawing: VNode): string {
  const text = renderToString(drawing);
  const [opening] = /^<svg[^>]*>/.exec(text) ?? [];
  if (opening === undefined)
    throw new TypeError(`a drawing must be an svg element, got ${text.slice(0, 40)}`);
  const head = opening.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  return `${head}<style>${rules}</style><rect width="100%" height="100%" fill="#ffffff"/>${text.slice(opening.length)}\n`;
}

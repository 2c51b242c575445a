// A drawing of the page as a file of its own: what its style sheet says goes into it, as plain colours that every program knows.
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { lightRules } from '../view/light-rules.js';

/** Rules for what lies in `.chart` are for the whole file here. */
const rules = lightRules.replaceAll('.chart text', 'text');

/** An `<svg>` as the text of a file. */
export function svgFile(drawing: VNode): string {
  const text = renderToString(drawing);
  const [opening] = /^<svg[^>]*>/.exec(text) ?? [];
  if (opening === undefined)
    throw new TypeError(`a drawing must be an svg element, got ${text.slice(0, 40)}`);
  const head = opening.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  return `${head}<style>${rules}</style><rect width="100%" height="100%" fill="#ffffff"/>${text.slice(opening.length)}\n`;
}

// What a drawing needs of the style sheet when it is a file of its own: its rules, with the light theme's colours written out.
import { style } from './style.js';

/** The light theme's colours by their variables: lines such as `--ink: light-dark(#1d2126, #e8eaed);`. */
const colours = new Map(
  style.split('\n').flatMap((line): [string, string][] => {
    const [name, value] = line.trim().split(': ');
    return name.startsWith('--') ? [[name, value.slice(value.indexOf('(') + 1, value.indexOf(','))]] : [];
  }),
);

const drawn = /^\.(chart|frame|series|shade|mark|band|tracer|dot|network|interval|bar)/;

/** The rules of what charts and networks draw, a line each. */
export const lightRules = style
  .split('\n')
  .filter((line) => drawn.test(line))
  .join('\n')
  .replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
    const colour = colours.get(name);
    if (colour === undefined) throw new Error(`the style sheet has no colour ${name}`);
    return colour;
  });

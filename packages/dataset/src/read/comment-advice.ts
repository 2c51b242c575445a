import { shown } from '../arguments/assert.js';

/** Marks with which programs begin the lines that are no rows. */
const commentMark = /^\s*(#|%|\/\/)/;

/** What to pass where a line that is no row, or no header, begins as comments do; a person must say whether it is one. */
export function commentAdvice(firstCell: string | undefined): { advice?: string } {
  const mark = commentMark.exec(firstCell ?? '')?.[1];
  return mark === undefined
    ? {}
    : {
        advice: `if lines that begin with ${shown(mark)} are comments, pass comment: ${shown(mark)}, or set it in the format of the schema`,
      };
}

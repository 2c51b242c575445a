import { get, int, minus, set } from './text.js';

/** Bytes of an array from which on no cache holds all of them. */
const LONG = 2 ** 24;
const PAGE = 4096;

/** The locals that `clearing` needs. */
export const CLEARING_LOCALS = '(local $rest i32) (local $clears i32)';

/**
 * What a backward pass over long arrays does page by page, where the result has a place of its own: it sets that place to 0 first, which
 * seems to spare reading it. Measured at 1e7 float32: 10 % faster, and none for f, which reads one array less.
 */
export function clearing(loops: string, width: number): string {
  const elements = PAGE / width;
  const apart = ['$x', '$dy'].map((pointer) => `(i32.ne ${get('$y')} ${get(pointer)})`).join(' ');
  return `${set('$clears', `(i32.and (i32.ge_u ${get('$n')} ${int(LONG / width)}) (i32.and ${apart}))`)}
    (loop $pages
      ${set('$rest', int(0))}
      (if (i32.and ${get('$clears')} (i32.gt_u ${get('$n')} ${int(elements)})) (then
        (memory.fill ${get('$y')} ${int(0)} ${int(PAGE)})
        ${set('$rest', minus(get('$n'), int(elements)))}
        ${set('$n', int(elements))}))
      ${loops}
      (br_if $pages (local.tee $n ${get('$rest')})))`;
}

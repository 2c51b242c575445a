import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { Shape } from '../../tfjs/classes.js';

/** The axes of a sum of products by letters: `ab,bc->ac`. */
export interface Equation {
  left: string;
  right: string;
  output: string;
}

/** An equation with a letter for each axis that `...` stands for in an input of so many dimensions. */
export function parseEinsum(equation: string, rank: number, otherRank?: number): Equation {
  const parts = /^([a-z.]+),([a-z.]+)->([a-z.]*)$/i.exec(equation.replace(/\s/g, ''));
  if (!parts)
    throw new RangeError(`equation must be of the form "ab,bc->ac", got ${JSON.stringify(equation)}`);
  const [left, right, output] = parts.slice(1) as [string, string, string];
  const taken = new Set(equation);
  const spare = [...'ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba'].filter((one) => !taken.has(one));
  const count = (letters: string, of: number) => (letters.includes('...') ? of - (letters.length - 3) : 0);
  const most = Math.max(count(left, rank), otherRank === undefined ? 0 : count(right, otherRank));
  const dots = spare.slice(0, most).join('');
  const expand = (letters: string, n: number) => letters.replace('...', n === 0 ? '' : dots.slice(-n));
  const read = {
    left: expand(left, count(left, rank)),
    right: expand(right, otherRank === undefined ? 0 : count(right, otherRank)),
    output: expand(output, most),
  };
  if (read.left.length !== rank)
    throw new RangeError(`equation ${JSON.stringify(equation)} does not fit an input of ${rank} dimensions`);
  return read;
}

/** The sum of products over every letter that the output lacks, as one product of matrices. */
export function einsum({ left, right, output }: Equation, a: Tensor, b: Tensor): Tensor {
  return tfc.tidy(() => {
    // What one of the two alone has, and the output lacks, is summed first.
    const [x, l] = sumAlone(a, left, right + output);
    const [y, r] = sumAlone(b, right, left + output);
    const size = (letter: string) =>
      l.includes(letter) ? x.shape[l.indexOf(letter)] : y.shape[r.indexOf(letter)];
    const batch = [...l].filter((one) => r.includes(one) && output.includes(one));
    const summed = [...l].filter((one) => r.includes(one) && !output.includes(one));
    const rows = [...l].filter((one) => !r.includes(one));
    const columns = [...r].filter((one) => !l.includes(one));
    const all = (letters: string[]) => letters.reduce((product, one) => product * size(one), 1);
    const matrices = (t: Tensor, letters: string, ...groups: string[][]): Tensor3D =>
      tfc.reshape(
        transposed(
          t,
          groups.flat().map((one) => letters.indexOf(one)),
        ),
        groups.map(all) as [number, number, number],
      );
    const product = tfc.matMul(matrices(x, l, batch, rows, summed), matrices(y, r, batch, summed, columns));
    const order = [...batch, ...rows, ...columns];
    const shaped = tfc.reshape(product, order.map(size));
    return transposed(
      shaped,
      [...output].map((one) => order.indexOf(one)),
    );
  });
}

const transposed = (x: Tensor, axes: number[]): Tensor =>
  axes.every((axis, i) => axis === i) ? x : tfc.transpose(x, axes);

function sumAlone(x: Tensor, letters: string, others: string): [Tensor, string] {
  const alone = [...letters].flatMap((letter, i) => (others.includes(letter) ? [] : [i]));
  return alone.length === 0
    ? [x, letters]
    : [tfc.sum(x, alone), [...letters].filter((_, i) => !alone.includes(i)).join('')];
}

/** The sizes of the letters that a shape gives. */
export const sizesOf = (letters: string, shape: Shape): Map<string, number | null> =>
  new Map([...letters].map((letter, i) => [letter, shape[i] ?? null]));

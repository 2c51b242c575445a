// WebAssembly text for what is around the lanes.
import type { V } from './_lanes.js';

export const get = (name: string): string => `(local.get ${name})`;
export const set = (name: string, value: string): string => `(local.set ${name} ${value})`;
export const plus = (a: string, b: string): string => `(i32.add ${a} ${b})`;
export const times = (a: string, b: string): string => `(i32.mul ${a} ${b})`;
export const int = (value: number): string => `(i32.const ${value})`;

let labels = 0;

/** Repeats the body while the condition holds. */
export const loop = (condition: string, body: string): string => {
  const label = `$l${labels++}`;
  return `(loop ${label} (if ${condition} (then ${body} (br ${label}))))`;
};

/** Counts a local down to less than `step`. */
export const countDown = (name: string, step: number, body: string): string =>
  loop(`(i32.ge_u ${get(name)} ${int(step)})`, `${body} ${set(name, `(i32.sub ${get(name)} ${int(step)})`)}`);

/** The upper half of a vector, in both halves. */
export const highHalf = (v: V): V => `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${v} ${v})`;

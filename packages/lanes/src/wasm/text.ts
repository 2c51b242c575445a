// WebAssembly text for what is around the lanes: addresses, counters, loops.
import type { V } from '../language/lanes.js';
import { v128 } from './wasm-lanes.js';

export const get = (name: string): string => `(local.get ${name})`;
export const set = (name: string, value: string | V): string => `(local.set ${name} ${value})`;
export const plus = (a: string, b: string): string => `(i32.add ${a} ${b})`;
export const minus = (a: string, b: string): string => `(i32.sub ${a} ${b})`;
export const times = (a: string, b: string): string => `(i32.mul ${a} ${b})`;
export const int = (value: number): string => `(i32.const ${value})`;

/** Moves each pointer on by so many bytes. */
export const advance = (pointers: readonly string[], bytes: string): string =>
  pointers.map((pointer) => set(pointer, plus(get(pointer), bytes))).join('\n');

/** A vector from anywhere: wasm itself never asks for alignment. */
export const load = (address: string, offset = 0): V =>
  v128(`(v128.load offset=${offset} align=1 ${address})`);
export const store = (address: string, value: V, offset = 0): string =>
  `(v128.store offset=${offset} align=1 ${address} ${value})`;

/** One element of 4 or 8 bytes: in every lane, in the first with zeros behind it, and the first lane back. */
export const loadSplat = (width: number, address: string): V =>
  v128(`(v128.load${8 * width}_splat align=1 ${address})`);
export const loadZero = (width: number, address: string): V =>
  v128(`(v128.load${8 * width}_zero align=1 ${address})`);
export const storeLane = (width: number, address: string, value: V, offset = 0): string =>
  `(v128.store${8 * width}_lane offset=${offset} align=1 0 ${address} ${value})`;

/** float32 to float64, of the two lower lanes; and back, with zeros above. */
export const promote = (v: V): V => v128(`(f64x2.promote_low_f32x4 ${v})`);
export const demote = (v: V): V => v128(`(f32x4.demote_f64x2_zero ${v})`);

/** The upper half of a vector, in both halves. */
export const highHalf = (v: V): V =>
  v128(`(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${v} ${v})`);

let labels = 0;

/**
 * Repeats the body while the condition holds. That stands before the first turn and behind every one: V8 takes what does not change out of
 * a loop only where each turn runs through all of it (measured: a fifth to a third less time where there are many constants).
 */
export const loop = (condition: string, body: string): string => {
  const label = `$l${labels++}`;
  return `(if ${condition} (then (loop ${label} ${body} (br_if ${label} ${condition}))))`;
};

/** Counts a local down to less than `step`. */
export const countDown = (name: string, step: number, body: string): string =>
  loop(`(i32.ge_u ${get(name)} ${int(step)})`, `${body} ${set(name, minus(get(name), int(step)))}`);

/** A module of functions over a memory that it imports as m.m. */
export const moduleOf = (...functions: string[]): string =>
  `(module (import "m" "m" (memory 0)) ${functions.join('\n')})`;

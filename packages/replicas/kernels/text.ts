// What the kernels here have in common: functions over tiles, and loops from one address to another.
import type { V } from '@rectify/lanes';
import { get, int, loop, minus, plus, set, v128, type WasmLanes } from '@rectify/lanes/wasm';
import { TOGETHER } from '../src/primitives/primitives.js';

export type Type = 'i32' | 'f32' | 'f64' | 'v128';

/** Names with their types, as `x y z: i32`. */
const declare = (kind: 'param' | 'local', names: Partial<Record<Type, string>>): string =>
  Object.entries(names)
    .flatMap(([type, list]) => list.split(' ').map((name) => `(${kind} $${name} ${type})`))
    .join(' ');

/** A parameter list in order, as `z:i32 delta:f64`. */
const parameters = (list: string): string =>
  list
    .split(' ')
    .map((one) => one.split(':'))
    .map(([name, type = 'i32']) => `(param $${name} ${type})`)
    .join(' ');

/** A function; `exported` unless it has no place outside. `k` has made the body. */
export function func(
  name: string,
  params: string,
  locals: Partial<Record<Type, string>>,
  body: string,
  { k, result = '', exported = true }: { k?: WasmLanes; result?: string; exported?: boolean } = {},
): string {
  return `(func $${name} ${exported ? `(export "${name}")` : ''} ${parameters(params)} ${result}
    ${declare('local', locals)} ${k ? k.declarations() : ''}
    ${k ? k.constantsSet() : ''}
    ${body})`;
}

/** Repeats the body, which moves the pointer on, until it has come to the end; not at all where it is there. */
export const until = (pointer: string, end: string, body: string): string =>
  loop(`(i32.ne ${get(pointer)} ${get(end)})`, body);

/**
 * Repeats the body, which takes so many vectors from the pointers, until $count are taken; the last turn may take some that are behind
 * them. Pointers are moved before they are used: an address that is a loop's variable as it stands takes engines an instruction more.
 */
export const countTogether = (pointers: readonly string[], body: string, together = TOGETHER): string =>
  `${pointers.map((pointer) => next(pointer, -16 * together)).join(' ')}
  ${loop(
    `(i32.gt_s ${get('$count')} ${int(0)})`,
    `${pointers.map((pointer) => next(pointer, 16 * together)).join(' ')} ${body}
    ${set('$count', minus(get('$count'), int(together)))}`,
  )}`;

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The pointer, moved on by so many vectors' bytes. */
export const next = (pointer: string, bytes = 16): string => set(pointer, plus(get(pointer), int(bytes)));

/** The bytes of a count of vectors. */
export const vectors = (count: string): string => `(i32.shl ${count} ${int(4)})`;

export const splat = (value: string): V => v128(`(f32x4.splat ${value})`);
export const local = (name: string): V => v128(get(name));

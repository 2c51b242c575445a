// What the kernels here have in common: functions over tiles, and loops from one address to another.
import { get, int, loop, plus, set, v128, type WasmLanes } from '@rectify/lanes/wasm';
import type { V } from '@rectify/lanes';

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

/** The pointer, moved on by so many vectors' bytes. */
export const next = (pointer: string, bytes = 16): string => set(pointer, plus(get(pointer), int(bytes)));

/** The bytes of a count of vectors. */
export const vectors = (count: string): string => `(i32.shl ${count} ${int(4)})`;

export const splat = (value: string): V => v128(`(f32x4.splat ${value})`);
export const local = (name: string): V => v128(get(name));

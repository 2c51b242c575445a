// The loops of an elementwise kernel: y[i] = f(x[i]), or y[i] = dy[i]·f′(x[i]).
import type { LaneType, V } from '../language/lanes.js';
import type { Source } from '../language/source.js';
import { CLEARING_LOCALS, clearing } from './clearing.js';
import {
  advance,
  countDown,
  demote,
  get,
  int,
  load,
  loadSplat,
  moduleOf,
  promote,
  set,
  store,
  storeLane,
} from './text.js';
import { v128, WasmLanes } from './wasm-lanes.js';

type Part = 'f' | 'derivative';

// Vectors a turn, by `pnpm bench:unroll`: more of them hide the latency of long chains, until the registers run out. A vector of
// float64 inside has two elements.
const UNROLL = 6;
const UNROLL_WIDE = 6;
const UNROLL_CROWDED = 3;

/** One kernel's loops, as far as its source and its lanes decide them. */
interface Plan {
  k: WasmLanes;
  source: Source;
  part: Part;
  type: LaneType;
  /** Whether float32 elements are computed in float64 lanes. */
  isWide: boolean;
  /** Bytes of an element. */
  width: 4 | 8;
  /** Bytes that one vector takes from memory: float64 inside has room for two float32. */
  bytes: 8 | 16;
  /** The locals that point to the next element of each array. */
  pointers: readonly string[];
}

function planOf(source: Source, type: LaneType, part: Part): Plan {
  const single = type === 'f32x4';
  const isWide = single && (source.wide === 'both' || source.wide === part);
  const k = new WasmLanes(isWide ? 'f64x2' : type, {
    params: Array.from({ length: source.params }, (_, i) => v128(get(`$q${i}`))),
    grade: single ? 32 : 64,
    crowded: isWide && source.crowded === true,
  });
  const pointers = part === 'derivative' ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  return { k, source, part, type, isWide, width: single ? 4 : 8, bytes: isWide ? 8 : 16, pointers };
}

/** The result for a vector of x, named. */
function evaluate({ k, source, part, type, isWide }: Plan, x: V, dy: V | undefined): V {
  const own = isWide ? k.let(promote(x)) : x;
  const value = source[part](k, own);
  const narrow = isWide ? demote(value) : value;
  return k.let(dy === undefined ? narrow : v128(`(${type}.mul ${dy} ${narrow})`));
}

/** A loop that takes some vectors a turn. */
function vectorLoop(plan: Plan, vectors: number): string {
  const { k, isWide, bytes, pointers, width } = plan;
  const read = (pointer: string, i: number): V =>
    k.let(
      isWide
        ? v128(`(v128.load64_zero offset=${bytes * i} align=1 ${get(pointer)})`)
        : load(get(pointer), bytes * i),
    );
  const body = k.block(() => {
    const values = Array.from({ length: vectors }, (_, i) => {
      const x = read('$x', i);
      return evaluate(plan, x, plan.part === 'derivative' ? read('$dy', i) : undefined);
    });
    const stores = values.map((value, i) =>
      isWide ? storeLane(8, get('$y'), value, bytes * i) : store(get('$y'), value, bytes * i),
    );
    return [...stores, advance(pointers, int(bytes * vectors))].join('\n');
  });
  return countDown('$n', (bytes * vectors) / width, body);
}

/** A loop over single elements, each in every lane. */
function elementLoop(plan: Plan): string {
  const { k, pointers, width } = plan;
  const body = k.block(() => {
    const x = k.let(loadSplat(width, get('$x')));
    const dy = plan.part === 'derivative' ? k.let(loadSplat(width, get('$dy'))) : undefined;
    const value = evaluate(plan, x, dy);
    return `${storeLane(width, get('$y'), value)}\n${advance(pointers, int(width))}`;
  });
  return countDown('$n', 1, body);
}

function unrollOf({ source, type, isWide }: Plan, vectors?: number): number {
  if (type === 'f64x2') return 1;
  const wide = source.crowded ? UNROLL_CROWDED : UNROLL_WIDE;
  return vectors ?? (isWide ? wide : (source.unroll ?? UNROLL));
}

/** The parameter, given as float64, in every lane: float32 kernels see it rounded to float32. */
function parameter({ type, isWide }: Plan, i: number): string {
  if (type === 'f64x2') return `(f64x2.splat ${get(`$p${i}`)})`;
  const rounded = `(f32.demote_f64 ${get(`$p${i}`)})`;
  return isWide ? `(f64x2.splat (f64.promote_f32 ${rounded}))` : `(f32x4.splat ${rounded})`;
}

/** The function (x, [dy,] y, n, …parameters): addresses, the number of elements, float64. */
function kernel(name: string, source: Source, type: LaneType, part: Part, vectors?: number): string {
  const plan = planOf(source, type, part);
  const { k, width, pointers } = plan;
  const unroll = unrollOf(plan, vectors);
  const loops = [
    ...(unroll > 1 ? [vectorLoop(plan, unroll)] : []),
    vectorLoop(plan, 1),
    elementLoop(plan),
  ].join('\n');
  const clears = part === 'derivative' && source.waits === true;
  const params = Array.from({ length: source.params }, (_, i) => i);
  return `(func (export "${name}") ${pointers.map((pointer) => `(param ${pointer} i32)`).join(' ')} (param $n i32)
    ${params.map((i) => `(param $p${i} f64)`).join(' ')}
    ${params.map((i) => `(local $q${i} v128)`).join(' ')} ${k.declarations()} ${clears ? CLEARING_LOCALS : ''}
    ${params.map((i) => set(`$q${i}`, parameter(plan, i))).join('\n')}
    ${k.constantsSet()}
    ${clears ? clearing(loops, width) : loops})`;
}

/**
 * The text of a module with f (forward) and b (backward) for 4-byte and 8-byte floats: f4, b4, f8, b8. `vectors` says how many a turn
 * of the float32 loops takes, in place of what is usual.
 */
export const elementwiseModule = (source: Source, vectors?: number): string =>
  moduleOf(
    kernel('f4', source, 'f32x4', 'f', vectors),
    kernel('b4', source, 'f32x4', 'derivative', vectors),
    kernel('f8', source, 'f64x2', 'f'),
    kernel('b8', source, 'f64x2', 'derivative'),
  );

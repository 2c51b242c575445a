// An activation and its derivative over vectors.
import type { LaneType, Source, V } from '@rectify/lanes';
import { demote, get, highHalf, load, promote, set, store, v128, WasmLanes } from '@rectify/lanes/wasm';
import { togetherOf } from './sources.js';
import { countTogether, func, local, range, splat } from './text.js';

type Part = 'f' | 'derivative';

/** Two vectors' lower halves as one vector. */
const joined = (low: V, high: V): V =>
  v128(`(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${low} ${high})`);

/** `source` at a vector of float32; where that must be computed in float64, half by half. */
function evaluate(k: WasmLanes, source: Source, part: Part, x: V): V {
  if (k.single) return source[part](k, x);
  const half = (v: V): V => k.let(demote(source[part](k, k.let(promote(v)))));
  return joined(half(x), half(highHalf(x)));
}

function kernel(name: string, source: Source, part: Part, suffix: string): string {
  const isWide = source.wide === 'both' || source.wide === part;
  const type: LaneType = isWide ? 'f64x2' : 'f32x4';
  const k = new WasmLanes(type, {
    params: Array.from({ length: source.params }, (_, i) => local(`$q${i}`)),
    grade: 32,
    crowded: isWide && source.crowded === true,
  });
  const streams = part === 'derivative' ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const together = togetherOf(name);
  const vectors = range(together);
  const turn = k.block(() => {
    const values = vectors.map((i) => {
      const value = evaluate(k, source, part, k.let(load(get('$x'), 16 * i)));
      return k.let(part === 'f' ? value : v128(`(f32x4.mul ${load(get('$dy'), 16 * i)} ${value})`));
    });
    return vectors.map((i) => store(get('$y'), values[i], 16 * i)).join('\n');
  });
  const parameter = (i: number): V =>
    isWide ? v128(`(f64x2.splat (f64.promote_f32 ${get(`$p${i}`)}))`) : splat(get(`$p${i}`));
  const params = Array.from({ length: source.params }, (_, i) => set(`$q${i}`, parameter(i)));
  return func(
    name + suffix,
    `${streams.map((pointer) => pointer.slice(1)).join(' ')} count p0:f32 p1:f32 p2:f32`,
    params.length > 0 ? { v128: params.map((_, i) => `q${i}`).join(' ') } : {},
    [...params, countTogether(streams, turn, together)].join('\n'),
    { k },
  );
}

/** Exports NAMEForward and NAMEBackward. */
export const elementwise = (name: string, source: Source): string[] => [
  kernel(name, source, 'f', 'Forward'),
  kernel(name, source, 'derivative', 'Backward'),
];

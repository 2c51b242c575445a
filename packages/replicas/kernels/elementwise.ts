// An activation with its derivative over vectors: a = f(z), and f′(z) in the place of z.
import type { LaneType, Source, V } from '@rectify/lanes';
import { demote, get, highHalf, load, promote, set, store, v128, WasmLanes } from '@rectify/lanes/wasm';
import { togetherOf } from './sources.js';
import { countTogether, func, local, range, splat } from './text.js';

/** Two vectors' lower halves as one vector. */
const joined = (low: V, high: V): V =>
  v128(`(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${low} ${high})`);

/** f and f′ at a vector of float32; where they must be computed in float64, half by half. */
function evaluate(k: WasmLanes, source: Source, z: V): V[] {
  const both = (x: V): V[] => [k.let(source.f(k, x)), k.let(source.derivative(k, x))];
  if (k.single) return both(z);
  const half = (v: V): V[] => both(k.let(promote(v))).map((value) => k.let(demote(value)));
  const [low, high] = [half(z), half(highHalf(z))];
  return range(2).map((i) => k.let(joined(low[i], high[i])));
}

/** Exports NAMEActivation. */
export function elementwise(name: string, source: Source): string {
  const isWide = source.wide === 'both';
  const type: LaneType = isWide ? 'f64x2' : 'f32x4';
  const k = new WasmLanes(type, {
    params: Array.from({ length: source.params }, (_, i) => local(`$q${i}`)),
    grade: 32,
    crowded: isWide && source.crowded === true,
    once: true,
  });
  const together = togetherOf(name);
  const turn = k.block(() => {
    const values = range(together).map((i) => evaluate(k, source, k.let(load(get('$z'), 16 * i))));
    return values
      .map(([f, slope], i) => `${store(get('$a'), f, 16 * i)} ${store(get('$z'), slope, 16 * i)}`)
      .join('\n');
  });
  const parameter = (i: number): V =>
    isWide ? v128(`(f64x2.splat (f64.promote_f32 ${get(`$p${i}`)}))`) : splat(get(`$p${i}`));
  const params = Array.from({ length: source.params }, (_, i) => set(`$q${i}`, parameter(i)));
  return func(
    `${name}Activation`,
    'z a count p0:f32 p1:f32 p2:f32',
    params.length > 0 ? { v128: params.map((_, i) => `q${i}`).join(' ') } : {},
    [...params, countTogether(['$z', '$a'], turn, together)].join('\n'),
    { k },
  );
}

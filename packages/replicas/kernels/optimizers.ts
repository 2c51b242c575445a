// The optimisers' steps; see src/primitives/primitives.ts for their formulas and src/primitives/js/optimizers.ts for the same in
// JavaScript.
import type { V } from '@rectify/lanes';
import { get, load, plus, set, store, WasmLanes } from '@rectify/lanes/wasm';
import { TINY } from '../src/primitives/primitives.js';
import { countTogether, func, local, next, splat, until, vectors } from './text.js';

/** 0 for what is below TINY; NaN stays. */
const clearedSquare = (k: WasmLanes, x: V): V => k.let(k.andnot(x, k.lt(x, k.c(TINY))));

/** 0 for what is nearer to 0 than TINY; NaN stays. |x| is x without its sign's bit: `abs` is three instructions in V8. */
const cleared = (k: WasmLanes, x: V): V => k.let(k.andnot(x, k.lt(k.and(x, k.bits(0x7fffffff)), k.c(TINY))));

/** A float64 parameter in every lane, rounded to float32. */
const rounded = (value: string): V => splat(`(f32.demote_f64 ${value})`);
const rest = (value: string): V => rounded(`(f64.sub (f64.const 1) ${value})`);

/** The step's scalars. */
const scalars = ['$rate', '$correction', '$l2', '$decay']
  .map((name, i) => set(name, load(get('$scalars'), 16 * i)))
  .join('\n');

function adam(): string {
  const k = new WasmLanes('f32x4');
  // One vector at a time: the root and the quotient of one take as long as all else of it, and several want more registers than there are.
  const body = k.block(() => {
    const g = k.let(load(get('$g')));
    const m = cleared(k, k.let(k.add(k.mul(local('$b1'), load(get('$m'))), k.mul(local('$c1'), g))));
    const square = k.mul(local('$c2'), k.mul(g, g));
    const v = clearedSquare(k, k.let(k.add(k.mul(local('$b2'), load(get('$v'))), square)));
    const root = k.add(k.sqrt(k.mul(v, local('$correction'))), local('$e'));
    const w = k.let(k.sub(load(get('$w')), k.div(k.mul(local('$rate'), m), root)));
    return `${store(get('$m'), m)} ${store(get('$v'), v)} ${store(get('$w'), w)}`;
  });
  // Decay goes over gradient and weights before, in a loop of its own: most trainings have none.
  const decay = `${set('$at', get('$w'))} ${set('$slope', get('$g'))}
    ${until(
      '$at',
      '$end',
      k.block(() => {
        const w = k.let(load(get('$at')));
        return `${store(get('$slope'), k.add(load(get('$slope')), k.mul(local('$l2'), w)))}
          ${store(get('$at'), k.sub(w, k.mul(local('$decay'), w)))} ${next('$at')} ${next('$slope')}`;
      }),
    )}`;
  return func(
    'adam',
    'w g m v count scalars beta1:f64 beta2:f64 epsilon:f64 decays',
    { i32: 'end at slope', v128: 'rate correction l2 decay b1 c1 b2 c2 e' },
    `${scalars}
    ${set('$b1', rounded(get('$beta1')))} ${set('$c1', rest(get('$beta1')))}
    ${set('$b2', rounded(get('$beta2')))} ${set('$c2', rest(get('$beta2')))}
    ${set('$e', rounded(get('$epsilon')))}
    ${set('$end', plus(get('$w'), vectors(get('$count'))))}
    (if ${get('$decays')} (then ${decay}))
    ${countTogether(['$w', '$g', '$m', '$v'], body, 1)}`,
    { k },
  );
}

function momentum(): string {
  const k = new WasmLanes('f32x4');
  const body = k.block(() => {
    const w = k.let(load(get('$w')));
    const slope = k.let(k.add(load(get('$g')), k.mul(local('$l2'), w)));
    const velocity = cleared(k, k.let(k.add(k.mul(local('$mu'), load(get('$v'))), slope)));
    const ahead = k.add(slope, k.mul(local('$mu'), velocity));
    const direction = k.select(local('$isAhead'), ahead, velocity);
    return `${store(get('$v'), velocity)} ${store(get('$w'), k.sub(w, k.mul(local('$rate'), direction)))}
      ${['$w', '$g', '$v'].map((pointer) => next(pointer)).join(' ')}`;
  });
  return func(
    'momentum',
    'w g v count scalars momentum:f64 ahead',
    { i32: 'end', v128: 'rate correction l2 decay mu isAhead' },
    `${scalars}
    ${set('$mu', rounded(get('$momentum')))}
    ${set('$isAhead', `(i32x4.splat (i32.sub (i32.const 0) ${get('$ahead')}))`)}
    ${set('$end', plus(get('$w'), vectors(get('$count'))))}
    ${until('$w', '$end', body)}`,
    { k },
  );
}

export const optimizers: readonly string[] = [adam(), momentum()];

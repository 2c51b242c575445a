// The losses and their gradients, row by row; see src/primitives/primitives.ts for what each computes and src/primitives/js/losses.ts
// for the same in JavaScript, sum by sum.
import type { V } from '@rectify/lanes';
import { get, load, plus, set, store, v128, WasmLanes } from '@rectify/lanes/wasm';
import { scalars } from './sources.js';
import { func, local, next, splat, until, vectors } from './text.js';

const ZERO = '(v128.const i32x4 0 0 0 0)';
const ONES = '(v128.const i32x4 1 1 1 1)';

/** For every row: `body`, and then z, which it has left where it was, and the other pointers are moved on. */
const overRows = (body: string, moves: readonly string[]): string => `
  ${set('$zEnd', plus(get('$z'), vectors(`(i32.mul ${get('$rows')} ${get('$units')})`)))}
  ${set('$bytes', vectors(get('$units')))}
  ${until('$z', '$zEnd', `${set('$rowEnd', plus(get('$z'), get('$bytes')))} ${body} ${set('$z', get('$rowEnd'))} ${moves.join(' ')}`)}`;

/** $highest = the largest z of the row; NaN in the first stays. */
const highest = (k: WasmLanes): string => `${set('$highest', load(get('$z')))} ${set('$at', plus(get('$z'), '(i32.const 16)'))}
  ${until('$at', '$rowEnd', `${set('$highest', k.pmax(local('$highest'), load(get('$at'))))} ${next('$at')}`)}`;

/** Writes exp(z − highest) to $to, which then is at the row's end, and their sum to $sum. */
const exponentials = (k: WasmLanes): string => `${highest(k)} ${set('$sum', ZERO)} ${set('$at', get('$z'))}
  ${until(
    '$at',
    '$rowEnd',
    k.block(() => {
      const e = k.let(scalars.exp(k, k.let(k.sub(load(get('$at')), local('$highest')))));
      return `${store(get('$to'), e)} ${set('$sum', k.add(local('$sum'), e))} ${next('$at')} ${next('$to')}`;
    }),
  )}`;

/** For each number that `exponentials` has written; $to is there. */
const again = (body: string): string => `${set('$toEnd', get('$to'))}
  ${set('$to', `(i32.sub ${get('$to')} ${get('$bytes')})`)} ${until('$to', '$toEnd', `${body} ${next('$to')}`)}`;

const locals = { i32: 'zEnd rowEnd bytes at toEnd', v128: 'highest sum' };

function softmax(): string {
  const k = new WasmLanes('f32x4');
  const body = `${exponentials(k)} ${again(store(get('$to'), k.div(load(get('$to')), local('$sum'))))}`;
  return func('softmax', 'z to rows units', locals, overRows(body, []), { k });
}

const isClass = v128(`(i32x4.eq ${get('$label')} ${get('$class')})`);
const nextClass = set('$class', `(i32x4.add ${get('$class')} ${ONES})`);

function crossEntropyGradient(): string {
  const k = new WasmLanes('f32x4');
  const body = `${exponentials(k)}
    ${set('$share', load(get('$scale')))} ${set('$factor', k.div(local('$share'), local('$sum')))}
    ${set('$label', load(get('$targets')))} ${set('$class', ZERO)}
    ${again(
      k.block(() => {
        const p = k.let(k.mul(load(get('$to')), local('$factor')));
        return `${store(get('$to'), k.select(isClass, k.sub(p, local('$share')), p))} ${nextClass}`;
      }),
    )}`;
  return func(
    'crossEntropyGradient',
    'z targets scale to rows units delta:f32',
    { ...locals, v128: `${locals.v128} share factor label class` },
    overRows(body, [next('$targets'), next('$scale')]),
    { k },
  );
}

function crossEntropyRows(): string {
  const k = new WasmLanes('f32x4');
  const isBefore = v128(`(i32x4.lt_s ${get('$class')} ${get('$label')})`);
  const body = `${highest(k)}
    ${set('$sum', ZERO)} ${set('$own', ZERO)} ${set('$before', ZERO)} ${set('$class', ZERO)}
    ${set('$label', load(get('$targets')))} ${set('$at', get('$z'))}
    ${until(
      '$at',
      '$rowEnd',
      k.block(() => {
        const value = k.let(load(get('$at')));
        const e = scalars.exp(k, k.let(k.sub(value, local('$highest'))));
        const first = k.and(isBefore, k.eq(value, local('$highest')));
        return `${set('$sum', k.add(local('$sum'), e))} ${set('$own', k.select(isClass, value, local('$own')))}
          ${set('$before', k.or(local('$before'), first))} ${nextClass} ${next('$at')}`;
      }),
    )}
    ${k.block(() => {
      const loss = k.sub(scalars.log(k, local('$sum')), k.sub(local('$own'), local('$highest')));
      const right = k.andnot(k.eq(local('$own'), local('$highest')), local('$before'));
      return `${store(get('$losses'), k.let(loss))} ${store(get('$scores'), k.and(right, k.c(1)))}`;
    })}`;
  return func(
    'crossEntropyRows',
    'z targets losses scores rows units delta:f32',
    { ...locals, v128: `${locals.v128} own before label class` },
    overRows(body, [next('$targets'), next('$losses'), next('$scores')]),
    { k },
  );
}

/** A loss that is the mean over outputs. */
interface Elementwise {
  slope(k: WasmLanes, z: V, y: V, delta: V): V;
  loss(k: WasmLanes, z: V, y: V, delta: V): V;
  score(k: WasmLanes, z: V, y: V): V;
}

const error = (k: WasmLanes, z: V, y: V): V => k.let(k.sub(z, y));
const squared = (k: WasmLanes, z: V, y: V): V => {
  const e = error(k, z, y);
  return k.mul(e, e);
};

const elementwise: Readonly<Record<string, Elementwise>> = {
  binaryCrossEntropy: {
    slope: (k, z, y) => k.sub(scalars.logistic(k, z), y),
    loss: (k, z, y) => k.sub(scalars.softplus(k, z), k.mul(z, y)),
    score(k, z, y) {
      const wrong = k.xor(k.gt(z, k.c(0)), k.gt(y, k.c(0.5)));
      return k.and(k.andnot(k.eq(z, z), wrong), k.c(1));
    },
  },
  squaredError: { slope: (k, z, y) => k.mul(k.c(2), error(k, z, y)), loss: squared, score: squared },
  absoluteError: {
    slope(k, z, y) {
      const e = error(k, z, y);
      return k.select(k.gt(e, k.c(0)), k.c(1), k.select(k.lt(e, k.c(0)), k.c(-1), e));
    },
    loss: (k, z, y) => k.abs(error(k, z, y)),
    score: squared,
  },
  huber: {
    slope: (k, z, y, delta) => k.pmin(k.pmax(error(k, z, y), k.neg(delta)), delta),
    // (|e| − c/2)·c for c = min(|e|, delta)
    loss(k, z, y, delta) {
      const size = k.let(k.abs(error(k, z, y)));
      const c = k.let(k.pmin(size, delta));
      return k.mul(k.sub(size, k.mul(k.c(0.5), c)), c);
    },
    score: squared,
  },
};

function overOutputs(name: string, { slope, loss, score }: Elementwise): string[] {
  const delta = set('$limit', splat(get('$delta')));
  const own = (k: WasmLanes): [V, V] => [k.let(load(get('$z'))), k.let(load(get('$targets')))];
  const gradient = new WasmLanes('f32x4');
  const rows = new WasmLanes('f32x4');
  const gradientBody = `${set('$share', load(get('$scale')))}
    ${until(
      '$z',
      '$rowEnd',
      gradient.block(() => {
        const value = slope(gradient, ...own(gradient), local('$limit'));
        return `${store(get('$to'), gradient.mul(value, local('$share')))} ${next('$z')} ${next('$targets')} ${next('$to')}`;
      }),
    )}`;
  const rowsBody = `${set('$total', ZERO)} ${set('$right', ZERO)}
    ${until(
      '$z',
      '$rowEnd',
      rows.block(() => {
        const [z, y] = own(rows);
        const [lost, scored] = [rows.let(loss(rows, z, y, local('$limit'))), rows.let(score(rows, z, y))];
        return `${set('$total', rows.add(local('$total'), lost))} ${set('$right', rows.add(local('$right'), scored))}
          ${next('$z')} ${next('$targets')}`;
      }),
    )}
    ${store(get('$losses'), rows.mul(local('$total'), local('$inverse')))}
    ${store(get('$scores'), rows.mul(local('$right'), local('$inverse')))}`;
  const inverse = `(f32.div (f32.const 1) (f32.convert_i32_u ${get('$units')}))`;
  return [
    func(
      `${name}Gradient`,
      'z targets scale to rows units delta:f32',
      { i32: 'zEnd rowEnd bytes', v128: 'share limit' },
      `${delta} ${overRows(gradientBody, [next('$scale')])}`,
      { k: gradient },
    ),
    func(
      `${name}Rows`,
      'z targets losses scores rows units delta:f32',
      { i32: 'zEnd rowEnd bytes', v128: 'total right inverse limit' },
      `${delta} ${set('$inverse', splat(inverse))} ${overRows(rowsBody, [next('$losses'), next('$scores')])}`,
      { k: rows },
    ),
  ];
}

function sigmoid(): string {
  const k = new WasmLanes('f32x4');
  const body = k.block(
    () => `${store(get('$y'), scalars.logistic(k, k.let(load(get('$z')))))} ${next('$z')} ${next('$y')}`,
  );
  return func(
    'sigmoid',
    'z y count',
    { i32: 'end' },
    `${set('$end', plus(get('$z'), vectors(get('$count'))))} ${until('$z', '$end', body)}`,
    { k },
  );
}

export const losses: readonly string[] = [
  softmax(),
  sigmoid(),
  crossEntropyGradient(),
  crossEntropyRows(),
  ...Object.entries(elementwise).flatMap(([name, loss]) => overOutputs(name, loss)),
];

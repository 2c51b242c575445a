// The losses and their gradients, row by row; see src/primitives/primitives.ts for what each computes and src/primitives/js/losses.ts
// for the same in JavaScript, sum by sum.
import type { V } from '@rectify/lanes';
import { get, int, load, loop, minus, plus, set, store, times, v128, WasmLanes } from '@rectify/lanes/wasm';
import { TOGETHER } from '../src/primitives/primitives.js';
import { scalars } from './sources.js';
import { countTogether, func, local, next, range, splat, until, vectors } from './text.js';

const ZERO = '(v128.const i32x4 0 0 0 0)';
const ONES = '(v128.const i32x4 1 1 1 1)';

/** For every row: `body`, and then z, which it has left where it was, and the other pointers are moved on. */
const overRows = (body: string, moves: readonly string[]): string => `
  ${set('$zEnd', plus(get('$z'), vectors(`(i32.mul ${get('$rows')} ${get('$units')})`)))}
  ${set('$bytes', vectors(get('$units')))}
  ${until('$z', '$zEnd', `${set('$rowEnd', plus(get('$z'), get('$bytes')))} ${body} ${set('$z', get('$rowEnd'))} ${moves.join(' ')}`)}`;

/** For every row: $to = z − the largest z of the row; NaN in the first stays. Then exp of all of them. */
function shiftedExponentials(): string {
  const k = new WasmLanes('f32x4');
  const row = `${set('$highest', load(get('$z')))} ${set('$at', plus(get('$z'), '(i32.const 16)'))}
    ${until('$at', '$rowEnd', `${set('$highest', k.pmax(local('$highest'), load(get('$at'))))} ${next('$at')}`)}
    ${until('$z', '$rowEnd', `${store(get('$to'), k.sub(load(get('$z')), local('$highest')))} ${next('$z')} ${next('$to')}`)}`;
  const exponentials = k.block(() => {
    const values = range(TOGETHER).map((i) => k.let(scalars.exp(k, k.let(load(get('$start'), 16 * i)))));
    return values.map((e, i) => store(get('$start'), e, 16 * i)).join('\n');
  });
  return func(
    'shiftedExponentials',
    'z to rows units',
    { i32: 'zEnd rowEnd bytes at start count', v128: 'highest' },
    `${set('$start', get('$to'))} ${set('$count', `(i32.mul ${get('$rows')} ${get('$units')})`)}
    ${overRows(row, [])} ${countTogether(['$start'], exponentials)}`,
    { k, exported: false },
  );
}

const callExponentials = (to: string): string =>
  `(call $shiftedExponentials ${['$z', to, '$rows', '$units'].map(get).join(' ')})`;

/** $sum = Σ of the row, whose end is $rowEnd, from $at on. */
const sumOfRow = (k: WasmLanes): string =>
  `${set('$sum', ZERO)} ${until('$at', '$rowEnd', `${set('$sum', k.add(local('$sum'), load(get('$at'))))} ${next('$at')}`)}`;

const locals = { i32: 'zEnd rowEnd bytes at', v128: 'sum' };

/** Probabilities: the exponentials over their sum. $z goes over them. */
function softmax(): string {
  const k = new WasmLanes('f32x4');
  const body = `${set('$at', get('$z'))} ${sumOfRow(k)}
    ${until('$z', '$rowEnd', `${store(get('$z'), k.div(load(get('$z')), local('$sum')))} ${next('$z')}`)}`;
  return func(
    'softmax',
    'z to rows units',
    locals,
    `${callExponentials('$to')} ${set('$z', get('$to'))} ${overRows(body, [])}`,
    { k },
  );
}

const isClass = v128(`(i32x4.eq ${get('$label')} ${get('$class')})`);
const nextClass = set('$class', `(i32x4.add ${get('$class')} ${ONES})`);

/** exp(z − the largest z of the row) of one row, in registers. */
function exponentialsOf(k: WasmLanes, z: readonly V[]): V[] {
  const highest = k.let(z.reduce((most, own) => k.pmax(most, own)));
  const shifted = z.map((own) => k.let(k.sub(own, highest)));
  return shifted.map((own) => k.let(scalars.exp(k, own)));
}

/**
 * The gradient of few classes. Exponentials first, two rows at a time: six chains that do not wait for each other. Then sums, quotients and
 * differences, row by row: in one loop with the exponentials they made a chain twice as long, of which processors hold only one at a time.
 */
function gradientOfFew(k: WasmLanes, classes: number): string {
  const all = range(classes);
  const pair = k.block(() => {
    const rows = range(2).map((row) => all.map((i) => k.let(load(get('$z'), 16 * (row * classes + i)))));
    const values = rows.flatMap((z) => exponentialsOf(k, z));
    const moves = ['$z', '$to'].map((pointer) => next(pointer, 32 * classes));
    return [...values.map((e, i) => store(get('$to'), e, 16 * i)), ...moves].join('\n');
  });
  const row = k.block(() => {
    const e = all.map((i) => k.let(load(get('$start'), 16 * i)));
    const share = k.let(load(get('$scale')));
    const sum = e.reduce((before, own) => k.add(before, own));
    const factor = k.let(k.div(share, sum));
    const label = k.let(load(get('$targets')));
    const gradients = e.map((own, i) => {
      const isOwn = v128(`(i32x4.eq ${label} ${k.bits(i)})`);
      return store(get('$start'), k.sub(k.mul(own, factor), k.and(isOwn, share)), 16 * i);
    });
    return [...gradients, next('$start', 16 * classes), next('$targets'), next('$scale')].join('\n');
  });
  return `(if (i32.eq ${get('$units')} ${int(classes)}) (then
    ${set('$start', get('$to'))} ${set('$zEnd', plus(get('$to'), times(get('$rows'), int(16 * classes))))}
    ${loop(`(i32.ge_u ${get('$rows')} ${int(2)})`, `${pair} ${set('$rows', minus(get('$rows'), int(2)))}`)}
    ${callExponentials('$to')}
    ${until('$start', '$zEnd', row)}
    (return)))`;
}

/** Classes whose rows fit into registers. */
const FEW = [2, 3];

function crossEntropyGradient(): string {
  const k = new WasmLanes('f32x4');
  const body = `${set('$at', get('$z'))} ${sumOfRow(k)}
    ${set('$share', load(get('$scale')))} ${set('$factor', k.div(local('$share'), local('$sum')))}
    ${set('$label', load(get('$targets')))} ${set('$class', ZERO)}
    ${until(
      '$z',
      '$rowEnd',
      k.block(() => {
        const p = k.let(k.mul(load(get('$z')), local('$factor')));
        return `${store(get('$z'), k.sub(p, k.and(isClass, local('$share'))))} ${nextClass} ${next('$z')}`;
      }),
    )}`;
  return func(
    'crossEntropyGradient',
    'z targets scale to rows units delta:f32',
    { i32: `${locals.i32} start`, v128: `${locals.v128} share factor label class` },
    `${FEW.map((classes) => gradientOfFew(k, classes)).join('\n')}
    ${callExponentials('$to')} ${set('$z', get('$to'))} ${overRows(body, [next('$targets'), next('$scale')])}`,
    { k },
  );
}

/** loss = log Σ exp(z − highest) − (own − highest). The label's class is the answer if none is likelier and none before it as likely. */
function crossEntropyRows(): string {
  const k = new WasmLanes('f32x4');
  const isBefore = v128(`(i32x4.lt_s ${get('$class')} ${get('$label')})`);
  const isOwn = `${set('$own', k.select(isClass, local('$value'), local('$own')))}`;
  const body = `${set('$highest', load(get('$z')))} ${set('$at', get('$z'))}
    ${until('$at', '$rowEnd', `${set('$highest', k.pmax(local('$highest'), load(get('$at'))))} ${next('$at')}`)}
    ${set('$sum', ZERO)} ${set('$own', ZERO)} ${set('$before', ZERO)} ${set('$class', ZERO)}
    ${set('$label', load(get('$targets')))} ${set('$at', get('$z'))}
    ${until(
      '$at',
      '$rowEnd',
      `${set('$value', load(get('$at')))} ${isOwn}
      ${set('$before', k.or(local('$before'), k.and(isBefore, k.eq(local('$value'), local('$highest')))))}
      ${set('$sum', k.add(local('$sum'), load(get('$work'))))} ${nextClass} ${next('$at')} ${next('$work')}`,
    )}
    ${k.block(() => {
      const loss = k.sub(scalars.log(k, local('$sum')), k.sub(local('$own'), local('$highest')));
      const right = k.andnot(k.eq(local('$own'), local('$highest')), local('$before'));
      return `${store(get('$losses'), k.let(loss))} ${store(get('$scores'), k.and(right, k.c(1)))}`;
    })}`;
  return func(
    'crossEntropyRows',
    'z targets losses scores work rows units delta:f32',
    { ...locals, v128: `${locals.v128} highest value own before label class` },
    `${callExponentials('$work')} ${overRows(body, [next('$targets'), next('$losses'), next('$scores')])}`,
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
      'z targets losses scores work rows units delta:f32',
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
  shiftedExponentials(),
  softmax(),
  sigmoid(),
  crossEntropyGradient(),
  crossEntropyRows(),
  ...Object.entries(elementwise).flatMap(([name, loss]) => overOutputs(name, loss)),
];

// What is done to tiles as a whole; see src/primitives/primitives.ts.
import { get, load, plus, set, store, v128, WasmLanes } from '@rectify/lanes/wasm';
import { func, local, next, until, vectors } from './text.js';

const k = new WasmLanes('f32x4');
const to = `${set('$end', plus(get('$to'), vectors(get('$count'))))}`;

/** Every vector of `to` from its own and that of `from`. */
const combined = (name: string, params: string, before: string, value: string): string =>
  func(
    name,
    params,
    { i32: 'end', v128: 'lanes' },
    `${to} ${before} ${until('$to', '$end', `${store(get('$to'), v128(value))} ${next('$to')} ${next('$from')}`)}`,
  );

const own = load(get('$to'));
const other = load(get('$from'));

const notFinite = func(
  'notFinite',
  'x count',
  { i32: 'end', v128: 'some own' },
  // x − x is 0 for numbers, NaN for NaN and ±∞.
  `${set('$end', plus(get('$x'), vectors(get('$count'))))}
  ${until(
    '$x',
    '$end',
    `${set('$own', load(get('$x')))}
    ${set('$some', `(v128.or ${get('$some')} (f32x4.ne (f32x4.sub ${get('$own')} ${get('$own')}) (v128.const i32x4 0 0 0 0)))`)}
    ${next('$x')}`,
  )}
  (i32x4.bitmask ${get('$some')})`,
  { result: '(result i32)' },
);

const largest = func(
  'largest',
  'x largest rows units stride signed',
  { i32: 'end unit at', v128: 'keep own most' },
  // |x| is x without its sign's bit.
  `${set('$keep', `(i32x4.splat (select (i32.const -1) (i32.const 0x7fffffff) ${get('$signed')}))`)}
  ${set('$end', plus(get('$x'), vectors(`(i32.mul ${get('$rows')} ${get('$stride')})`)))}
  ${set('$unit', plus(get('$x'), vectors(get('$units'))))}
  ${until(
    '$x',
    '$unit',
    `${set('$most', load(get('$largest')))} ${set('$at', get('$x'))}
    ${until(
      '$at',
      '$end',
      `${set('$own', `(v128.and ${load(get('$at'))} ${get('$keep')})`)}
      ${set('$most', k.pmax(local('$most'), local('$own')))}
      ${set('$at', plus(get('$at'), vectors(get('$stride'))))}`,
    )}
    ${store(get('$largest'), local('$most'))} ${next('$x')} ${next('$largest')} ${next('$end')}`,
  )}`,
);

export const tiles: readonly string[] = [
  combined(
    'blend',
    'to from mask count',
    set('$lanes', load(get('$mask'))),
    `(v128.bitselect ${other} ${own} ${get('$lanes')})`,
  ),
  combined('add', 'to from count', '', `(f32x4.add ${own} ${other})`),
  notFinite,
  largest,
];

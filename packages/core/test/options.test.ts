// No option is ignored in silence: every export that takes options refuses one that nobody knows, by name.
import { describe, expect, it } from 'vitest';
import * as standard from '../src/index.js';
import * as js from '../src/js.js';
import * as plots from '../src/plot.js';
import * as wasm from '../src/wasm.js';

type Call = (unknown: object) => unknown;

/** The calls of an entry with one option more than they have; a function takes its parameters unless it stands here. */
const others = (entry: typeof standard): Record<string, Call> => ({
  activation: (more) => entry.activation('relu', {}, more),
  vectorActivation: (more) => entry.vectorActivation('softmax', {}, more),
  rreluTraining: (more) => entry.rreluTraining(1, more),
});

// Numbers, arrays, a memory and names: no options.
const without = [
  'createPool',
  'instantiateKernels',
  'namesIn',
  'nearest',
  'preluPerChannel',
  'preluSlopeGradient',
];

describe.each<[string, object]>([
  ['default', standard],
  ['js', js],
  ['wasm', wasm],
])('%s', (_, entry) => {
  const own = others(entry as typeof standard);
  const functions = Object.entries(entry).filter(
    ([name, value]) => typeof value === 'function' && !without.includes(name),
  );
  it.each(functions)('%s', (name, make) => {
    const call: Call = own[name] ?? make;
    expect(() => call({ zzqy: 1 })).toThrow(TypeError);
    expect(() => call({ zzqy: 1 })).toThrow(/(has|is) no (parameter|option) "zzqy"/);
  });
});

it('plot', () => {
  expect(Object.keys(plots)).toEqual(['plot']);
  expect(() => plots.plot(standard.relu(), { zzqy: 1 } as object)).toThrow(
    'plot has no parameter "zzqy"; it takes ',
  );
});

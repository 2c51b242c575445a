// What a message tells who got it wrong, and what a console shows.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

const loose = core as unknown as Record<string, (...args: unknown[]) => unknown>;
const f = core.leakyRelu({ negativeSlope: 0.05 }) as unknown as ((x: unknown) => number) & {
  forward(x: unknown): unknown;
};
const tensor = { shape: [1], dtype: 'float32', dataSync: () => Float32Array.of(1) };

describe('an error says what to write', () => {
  it.each<[string, () => unknown, ErrorConstructor, string]>([
    [
      'a number for params',
      () => loose.leakyRelu(-2),
      TypeError,
      'got -2; f at x is leakyRelu({"negativeSlope":0.01})(x)',
    ],
    ['a list for params', () => loose.hardTanh([1]), TypeError, 'got Array; f at x is hardTanh('],
    [
      'another spelling',
      () => loose.leakyRelu({ negative_slope: 1 }),
      TypeError,
      'did you mean negativeSlope?',
    ],
    ['a part of it', () => loose.leakyRelu({ slope: 1 }), TypeError, 'did you mean negativeSlope?'],
    ['a slip', () => loose.relu({ maxVaule: 1 }), TypeError, 'did you mean maxValue?'],
    ['another word', () => loose.leakyRelu({ alpha: 1 }), TypeError, 'it takes negativeSlope'],
    ['a parameter where there is none', () => loose.mish({ beta: 1 }), TypeError, 'it takes none'],
    ['f of a list', () => f([-1, 2]), TypeError, 'x must be a number, got Array; of an array f is x.map(f)'],
    ['f of a float array', () => f(Float32Array.of(1)), TypeError, 'of a float array f.forward(x)'],
    ['f of a tensor', () => f(tensor), TypeError, "a tensor's values are x.dataSync()"],
    ['forward of a list', () => f.forward([1]), TypeError, 'write Float32Array.from(x)'],
    ['forward of lists', () => f.forward([[1]]), TypeError, 'write Float32Array.from(x.flat(Infinity))'],
    [
      'forward of integers',
      () => f.forward(Int32Array.of(1)),
      TypeError,
      'got Int32Array; write Float32Array.from(x)',
    ],
    ['forward of a tensor', () => f.forward(tensor), TypeError, "a tensor's values are x.dataSync()"],
    [
      'a function for a name',
      () => loose.activation((x: number) => x),
      TypeError,
      'such as "leaky_relu", or by its JSON, got a function',
    ],
    [
      'Keras’s boolean',
      () => loose.gelu({ approximate: true }),
      TypeError,
      'must be a string, "none" or "tanh", got true',
    ],
    ['a name with a slip', () => core.activation('leaky_rellu'), RangeError, 'did you mean "leaky_relu", '],
    ['a foreign name with a slip', () => core.activation('swsh'), RangeError, '"swish"'],
    [
      'a misspelt option',
      () => loose.activation('relu', {}, { framwork: 'keras' }),
      TypeError,
      'no option "framwork"; there is framework',
    ],
  ])('%s', (_, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  it('and names no more than three', () => {
    for (const name of ['relux', 'gleu', 'x', '', 'a'.repeat(1e5)]) {
      let said = '';
      try {
        core.activation(name);
      } catch (error) {
        said = (error as Error).message;
      }
      expect(said.split('did you mean ')[1].split('?')[0].split(', ')).toHaveLength(3);
      expect(said.length).toBeLessThan(250);
    }
  });
});

it.each([
  ['hard_swish', 'hard_silu'],
  ['leakyReLU', 'leaky_relu'],
  ['GELU', 'gelu'],
  ['SELU', 'selu'],
])('%s is %s', (name, ours) => expect(core.activation(name).name).toBe(ours));

it('a console and a template show the name and the parameters', () => {
  for (const [made, shown] of [
    [f, 'leaky_relu { negativeSlope: 0.05 }'],
    [core.mish(), 'mish'],
    [core.softmax({ axisLength: 3 }), 'softmax { axisLength: 3 }'],
  ] as const) {
    expect(String(made)).toBe(shown);
    expect(inspect(made)).toBe(shown);
    expect(inspect({ made })).toBe(`{ made: ${shown} }`);
  }
});

it.each(['leaky_relu', 'prelu', 'relu'])(
  '%s with a slope of −0 has the same bits on JS and on WASM',
  (name) => {
    const x = Float64Array.of(-1, 0, -0, 1, Number.NEGATIVE_INFINITY, -1e-300);
    const bitsOf = (entry: typeof core) => {
      const made = entry.activation(name, { negativeSlope: -0 });
      return [made.forward(x), made.backward(x, x), made.backward(x, x.map(Math.abs))].map(
        (y) => new BigUint64Array(y.buffer),
      );
    };
    expect(bitsOf(wasm as never)).toEqual(bitsOf(js as never));
  },
);

it('what others put on Object.prototype changes nothing', () => {
  const polluted: Record<string, unknown> = {
    negativeSlope: 0.9,
    framework: 'keras',
    alpha: 3,
    gain: 7,
    means: { maxValue: 1 },
    defaults: { maxValue: 1 },
  };
  const before = [
    core.leakyRelu(),
    core.activation('LeakyReLU', {}, {}),
    core.activation('ReLU'),
    core.mish(),
  ].map((g) => [JSON.stringify(g), g.gain]);
  for (const [key, value] of Object.entries(polluted))
    Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
  try {
    const after = [
      core.leakyRelu(),
      core.activation('LeakyReLU', {}, {}),
      core.activation('ReLU'),
      core.mish(),
    ].map((g) => [JSON.stringify(g), g.gain]);
    expect(after).toEqual(before);
  } finally {
    for (const key of Object.keys(polluted)) delete (Object.prototype as Record<string, unknown>)[key];
  }
});

describe('a function that is asked for again', () => {
  const again = (params?: object) => core.leakyRelu(params as never);

  it('with the same parameters is the same', () => {
    const f = again({ negativeSlope: 0.2 });
    expect(again({ negativeSlope: 0.2 })).toBe(f);
    expect(again({ negativeSlope: 0.3 })).not.toBe(f);
    expect(again({ negativeSlope: 0 }).params.negativeSlope).toBe(0);
    expect(again({ negativeSlope: -0 }).params.negativeSlope).toBe(-0);
    expect(again({}).params.negativeSlope).toBe(0.01);
    expect(again({ negativeSlope: undefined }).params.negativeSlope).toBe(0.01);
  });

  it('is not what a caller made of the object that it was asked for with', () => {
    const params = { negativeSlope: 0.2 };
    again(params);
    params.negativeSlope = 0.5;
    expect(again(params).params.negativeSlope).toBe(0.5);
    expect(again({ negativeSlope: 0.2 }).params.negativeSlope).toBe(0.2);
  });

  it.each([[null], [[]], [new Map()], ['x'], [5], [() => 1], [{ slope: 0.2 }], [{ negativeSlope: '0.2' }]])(
    'with %o is refused as at first',
    (bad) => {
      again({});
      expect(() => again(bad as never)).toThrow(TypeError);
    },
  );
});

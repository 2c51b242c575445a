import { describe, expect, it } from 'vitest';
import keras from '../fixtures/keras.json' with { type: 'json' };
import onnx from '../fixtures/onnx.json' with { type: 'json' };
import pytorch from '../fixtures/pytorch.json' with { type: 'json' };
import transformers from '../fixtures/transformers.json' with { type: 'json' };
import { EXACT, FRAMEWORK } from '../measure/tolerances.js';
import { numbers, type Stored } from '../measure/ulp.js';
import { frameworksTable } from '../scripts/frameworks-table.js';
import {
  type Activation,
  activation,
  activationNames,
  type CanonicalName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
  preluPerChannel,
  vectorActivation,
  vectorActivationNames,
} from '../src/index.js';

const { relative, absolute } = FRAMEWORK;

function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  rtol: number,
  atol: number,
  what: string,
) {
  expect(actual.length, what).toBe(expected.length);
  for (const [i, e] of expected.entries()) {
    const a = actual[i];
    if (Object.is(a, e) || a === e) continue;
    expect(Math.abs(a - e), `${what}, element ${i}: ${a}, not ${e}`).toBeLessThanOrEqual(
      atol + rtol * Math.abs(e),
    );
  }
}

describe('PyTorch', () => {
  const x = Float32Array.from(pytorch.x);
  const options = { framework: 'pytorch' } as const;

  it.each(pytorch.functions)('$name', ({ name, params, f: values, derivative }) => {
    const f = activation(name, params, options);
    const tolerance = EXACT.has(name as never) ? ([0, 0] as const) : ([relative, absolute] as const);
    expectClose(f.forward(x), numbers(values as Stored[]), ...tolerance, 'f');
    const slopes = numbers(derivative as Stored[]);
    // PyTorch up to 2.6 goes on with x/3 + 1/2 at both kinks of hardswish, −1/2 and 3/2; ours, as its later versions, are 0 and 1.
    if (name === 'hard_silu')
      for (const [i, v] of x.entries()) if (Math.abs(v) === 3) slopes[i] = v < 0 ? 0 : 1;
    expectClose(f.backward(x, x.slice().fill(1)), slopes, ...tolerance, 'f′');
  });

  it.each(pytorch.vectors)('$name', ({ name, x: input, f: values, dy, dx }) => {
    const f = vectorActivation(name, { axisLength: 4 }, options);
    const vectors = Float32Array.from(input);
    expectClose(f.forward(vectors), values, relative, absolute, 'f');
    expectClose(f.backward(vectors, Float32Array.from(dy)), dx, relative, 2e-6, 'gradient');
  });

  it('recommends the gains that calculate_gain gives, and no others', () => {
    const gains = new Map(Object.entries(pytorch.gains));
    for (const name of activationNames)
      expect(activation(name).gain ?? undefined, name).toBe(gains.get(name));
  });
});

describe('Keras', () => {
  const x = Float32Array.from(keras.x);
  const options = { framework: 'keras' } as const;

  it.each(keras.functions)('$name $params', ({ name, params, f: values }) => {
    const f = activation(name, params, options);
    const tolerance = EXACT.has(name as never) ? ([0, 0] as const) : ([relative, absolute] as const);
    expectClose(f.forward(x), numbers(values as Stored[]), ...tolerance, 'f');
  });

  it.each(keras.vectors)('$name', ({ name, x: input, f: values }) => {
    const f = vectorActivation(name, { axisLength: 4 }, options);
    const actual = f.forward(Float32Array.from(input));
    if (name === 'sparsemax') {
      // Keras 3.15 sums the cumulative sums of the support, so that what has a larger support does not sum to 1.
      expectClose(actual.subarray(0, 8), values.slice(0, 8), relative, absolute, 'f');
      expect(values.slice(8)).toEqual([0, 0, 0, 0]);
      expectClose(actual.subarray(8), [0.1, 0.2, 0.3, 0.4], relative, 0, 'f');
      return;
    }
    expectClose(actual, values, relative, absolute, 'f');
  });
});

describe('transformers', () => {
  const x = Float32Array.from(transformers.x);
  const one = x.slice().fill(1);
  const options = { framework: 'transformers' } as const;

  const close = (f: Activation, values: readonly Stored[], derivative: readonly Stored[]) => {
    expectClose(f.forward(x), numbers(values), relative, absolute, 'f');
    const slopes = numbers(derivative);
    const ours = f.backward(x, one);
    for (const [i, v] of x.entries()) {
      // Its xielu takes min(x, −1e-6) for the exponential's x, which has no slope nearer to 0.
      if (f.name === 'xielu' && v <= 0 && v > -1e-6) slopes[i] = ours[i];
      // PyTorch goes on with 1/2 ± x/3 at the kinks of hardswish.
      if (f.name === 'hard_silu' && Math.abs(v) === 3) slopes[i] = ours[i];
    }
    expectClose(ours, slopes, relative, 2e-6, 'f′');
  };

  it.each(transformers.functions)('$name', ({ name, f, derivative }) =>
    close(activation(name, undefined, options), f as Stored[], derivative as Stored[]),
  );

  it.each(transformers.others)('$name, which it writes into its models', ({ name, f, derivative }) =>
    close(activation(name), f as Stored[], derivative as Stored[]),
  );

  it.each(transformers.vectors)('$name', ({ name, x: input, f: values, dy, dx }) => {
    const f = vectorActivation(name, { axisLength: 4 });
    const vectors = Float32Array.from(input);
    expectClose(f.forward(vectors), values, relative, absolute, 'f');
    expectClose(f.backward(vectors, Float32Array.from(dy)), dx, relative, 2e-6, 'gradient');
  });

  it('has all of its names but the clipped gelu_10', () => {
    const known = activationNames.flatMap((ours) => namesIn(ours, 'transformers').map(({ name }) => name));
    expect(known.sort()).toEqual(transformers.functions.map(({ name }) => name).sort());
  });
});

describe('ONNX node tests', () => {
  it.each(onnx.cases)('$case', ({ op, attributes, inputs, output, rtol, atol }) => {
    const own = attributes as { axis?: number; bias?: number; gamma?: number; alpha?: number };
    const { axis, bias, gamma, ...params } = own;
    const [input, second] = inputs as unknown as { shape: number[]; data: Stored[] }[];
    if (!input) throw new Error('no input');
    const x = Float32Array.from(numbers(input.data));
    const expected = numbers(output as Stored[]);
    if (op === 'PRelu' && second) {
      // The slope broadcasts from the right, so it is one slope for each element of an innermost block.
      const f = preluPerChannel(Float32Array.from(numbers(second.data)));
      expectClose(f.forward(x), expected, rtol, atol, op);
      return;
    }
    if (op === 'Selu' && gamma !== undefined) {
      // Ours is the paper's; other constants are elu scaled.
      const f = activation('elu', { alpha: own.alpha as number });
      expectClose(
        f.forward(x).map((v) => gamma * v),
        expected,
        rtol,
        atol,
        op,
      );
      return;
    }
    if (op === 'Shrink' && bias) {
      const f = activation('soft_shrink', { lambda: 1.5 });
      expect([bias, attributes]).toEqual([1.5, { bias: 1.5, lambd: 1.5 }]);
      expectClose(f.forward(x), expected, rtol, atol, op);
      return;
    }
    if (op === 'Softmax' || op === 'LogSoftmax' || op === 'Hardmax') {
      const { shape } = input;
      const k = ((axis ?? -1) + shape.length) % shape.length;
      const length = shape[k];
      const inner = shape.slice(k + 1).reduce((a, b) => a * b, 1);
      const f = vectorActivation(op, { axisLength: length });
      const actual = new Float32Array(x.length);
      for (let start = 0; start < x.length; start += length * inner) {
        for (let j = 0; j < inner; j++) {
          const index = (i: number) => start + i * inner + j;
          f.forward(Float32Array.from({ length }, (_, i) => x[index(i)])).forEach((v, i) => {
            actual[index(i)] = v;
          });
        }
      }
      expectClose(actual, expected, rtol, atol, op);
      return;
    }
    expectClose(activation(op, params, { framework: 'onnx' }).forward(x), expected, rtol, atol, op);
  });

  it('none is left out', () => expect(onnx.cases.length).toBeGreaterThanOrEqual(30));
});

describe('the names table', () => {
  const rows = Object.keys(frameworks) as CanonicalName[];
  const all = frameworkNames.flatMap((framework) =>
    rows.flatMap((name) => namesIn(name, framework).map((foreign) => ({ framework, name, foreign }))),
  );
  const create = (
    name: string,
    params?: object,
    framework?: Framework,
  ): Pick<Activation, 'name' | 'params'> =>
    (vectorActivationNames as readonly string[]).includes(name)
      ? vectorActivation(name, params, framework && { framework })
      : activation(name, params, framework && { framework });
  const byForeignName = (name: CanonicalName, foreign: string, framework: Framework) =>
    (vectorActivationNames as readonly string[]).includes(name)
      ? vectorActivation(foreign, undefined, { framework })
      : activation(foreign, undefined, { framework });

  it('holds every function once', () => {
    expect([...activationNames, ...vectorActivationNames].sort()).toEqual([...rows].sort());
  });

  it.each(all)('$framework: $foreign.name is $name', ({ framework, name, foreign }) => {
    const f = byForeignName(name, foreign.name, framework);
    expect(f.name).toBe(name);
    expect(f.params).toEqual({ ...create(name).params, ...foreign.defaults, ...foreign.means });
    for (const ours of Object.values(foreign.params ?? {})) expect(f.params).toHaveProperty(ours);
  });

  it.each(all)('$framework: $foreign.name takes its own parameter names', ({ framework, name, foreign }) => {
    for (const [theirs, ours] of Object.entries(foreign.params ?? {})) {
      const value = ours === 'approximate' ? 'tanh' : ours === 'lower' || ours === 'minValue' ? 0.125 : 2;
      const params = { [theirs]: value };
      expect(create(foreign.name, params, framework).params).toMatchObject({ [ours]: value });
      // A name from elsewhere is no name here.
      const foreignKey = theirs === 'alpha' ? 'negative_slope' : 'alpha';
      if (!Object.hasOwn(foreign.params ?? {}, foreignKey) && !Object.hasOwn(create(name).params, foreignKey))
        expect(() => create(foreign.name, { [foreignKey]: 1 }, framework)).toThrow(TypeError);
    }
  });

  // What a framework's own signatures and schemas say, where they have the parameter.
  const theirs: [Framework, Record<string, object>][] = [
    ['pytorch', pytorch.defaults],
    ['onnx', onnx.defaults],
    ['keras', keras.defaults],
  ];
  it.each(theirs)('%s has the defaults that the table says', (framework, defaults) => {
    let compared = 0;
    for (const { name, foreign } of all.filter((row) => row.framework === framework)) {
      const signature = (defaults[foreign.name] ?? {}) as Record<string, unknown>;
      const { params } = byForeignName(name, foreign.name, framework);
      for (const [key, value] of Object.entries(signature)) {
        const ours = foreign.params?.[key] ?? (Object.hasOwn(params, key) ? key : undefined);
        if (ours === undefined) continue;
        compared++;
        const own = (params as Record<string, unknown>)[ours];
        if (name === 'gelu' && value === false) expect(own).toBe('none');
        else if (typeof value === 'number')
          expect(Math.fround(own as number), `${name}.${ours}`).toBe(Math.fround(value));
        else expect(own, `${name}.${ours}`).toBe(value);
      }
    }
    expect(compared).toBeGreaterThanOrEqual(7);
  });

  it('stands in FRAMEWORKS.md', () => expect(frameworksTable()).toMatchFileSnapshot('../FRAMEWORKS.md'));
});

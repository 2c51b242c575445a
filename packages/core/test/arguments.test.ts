// Wrong arrays and parameters, for everything that takes them, on every entry.
import { describe, expect, it } from 'vitest';
import * as accelerated from '../src/index.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

interface Takes {
  forward<A extends accelerated.FloatArray>(x: A, y?: A): A;
  backward<A extends accelerated.FloatArray>(x: A, dy: A, dx?: A): A;
}

/** What has forward and backward over arrays of any length. */
const takers: readonly (readonly [string, Takes])[] = [
  ['js', js] as const,
  ['wasm', wasm] as const,
  ['default', accelerated] as const,
].flatMap(([entry, all]) => [
  [`${entry} leakyRelu`, all.leakyRelu()] as const,
  [`${entry} mish`, all.mish()] as const,
  [`${entry} preluPerChannel`, all.preluPerChannel(Float32Array.of(0.25))] as const,
  [`${entry} rreluTraining`, all.rreluTraining(1)] as const,
  [`${entry} softmax`, all.softmax({ axisLength: 1 })] as const,
]);

interface Resizable extends ArrayBuffer {
  resize(size: number): void;
}
// Newer than the types that this package is checked with.
const resizable = (size: number, maxByteLength: number): Resizable =>
  new (ArrayBuffer as unknown as new (n: number, options: object) => Resizable)(size, { maxByteLength });
const growable = (size: number, maxByteLength: number): SharedArrayBuffer & { grow(size: number): void } =>
  new (
    SharedArrayBuffer as unknown as new (
      n: number,
      options: object,
    ) => SharedArrayBuffer & { grow(size: number): void }
  )(size, { maxByteLength });

describe.each(takers)('%s', (_, f) => {
  const x = Float32Array.of(-1, 2);

  it.each([
    ['a plain array', [1, 2], 'got Array'],
    ['integers', Int32Array.of(1, 2), 'got Int32Array'],
    ['a DataView', new DataView(new ArrayBuffer(8)), 'got DataView'],
    ['a buffer', new ArrayBuffer(8), 'got ArrayBuffer'],
    ['text', '12', 'got String'],
    ['null', null, 'got null'],
    ['a pretender', { [Symbol.toStringTag]: 'Float32Array', length: 1 }, 'must be a Float32Array'],
  ])('%s is a TypeError wherever it stands', (_kind, value, message) => {
    const wrong = value as Float32Array;
    for (const call of [
      () => f.forward(wrong),
      () => f.forward(x, wrong),
      () => f.backward(wrong, x),
      () => f.backward(x, wrong),
      () => f.backward(x, x, wrong),
    ]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(message);
    }
  });

  it('no array at all is a TypeError', () => {
    expect(() => f.forward(undefined as unknown as Float32Array)).toThrow('got Undefined');
    expect(() => f.backward(x, undefined as unknown as Float32Array)).toThrow('got Undefined');
  });

  it('another kind than that of x is a TypeError', () => {
    const other = new Float64Array(2) as unknown as Float32Array;
    for (const call of [() => f.forward(x, other), () => f.backward(x, other), () => f.backward(x, x, other)])
      expect(call).toThrow('must be a Float32Array as x is, got Float64Array');
  });

  it('another length is a RangeError, and nothing is written', () => {
    const y = new Float32Array(3).fill(7);
    expect(() => f.forward(x, y)).toThrow(new RangeError('y must have the length of x, 2, got 3'));
    expect(() => f.backward(x, y)).toThrow(new RangeError('dy must have the length of x, 2, got 3'));
    expect(() => f.backward(x, x, y)).toThrow(new RangeError('dx must have the length of x, 2, got 3'));
    expect(y).toEqual(new Float32Array(3).fill(7));
  });

  it('an overlap that is not the same memory is a RangeError', () => {
    const buffer = new ArrayBuffer(16);
    const a = new Float32Array(buffer, 0, 3);
    const b = new Float32Array(buffer, 4, 3);
    expect(() => f.forward(a, b)).toThrow(
      new RangeError('y overlaps x without being it: byte offsets 4 and 0, 12 bytes each'),
    );
    expect(() => f.forward(b, a)).toThrow(RangeError);
    expect(() => f.backward(new Float32Array(3), a, b)).toThrow('dx overlaps dy');
    expect(() => f.backward(a, new Float32Array(3), b)).toThrow('dx overlaps x');
    expect(f.forward(a.subarray(0, 1), a.subarray(1, 2))).toHaveLength(1);
    expect(f.forward(a.subarray(1, 1), a.subarray(2, 2))).toHaveLength(0);
    const double = new Float64Array(new ArrayBuffer(24), 0, 2);
    const shifted = new Float64Array(double.buffer, 8, 2);
    expect(() => f.forward(double, shifted)).toThrow('y overlaps x');
  });

  it('a buffer that is detached, or has shrunk below the array, is a TypeError', () => {
    const gone = new Float32Array(2);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    const message = 'is detached, or out of the bounds of its resized buffer';
    const buffer = resizable(16, 32);
    const cut = new Float32Array(buffer, 8, 2);
    expect(f.forward(cut)).toHaveLength(2);
    buffer.resize(8);
    for (const wrong of [gone, cut]) {
      expect(() => f.forward(wrong)).toThrow(new TypeError(`x ${message}`));
      expect(() => f.forward(x, wrong)).toThrow(new TypeError(`y ${message}`));
      expect(() => f.backward(x, wrong)).toThrow(new TypeError(`dy ${message}`));
      expect(() => f.backward(x, x, wrong)).toThrow(new TypeError(`dx ${message}`));
    }
  });

  it('an array that follows the length of its buffer has the length of the call', () => {
    const buffer = resizable(8, 400);
    const own = new Float32Array(buffer);
    own.set(x);
    expect(f.forward(own)).toEqual(f.forward(x));
    buffer.resize(400);
    expect(() => f.forward(own, new Float32Array(2))).toThrow('y must have the length of x, 100, got 2');
    expect(f.forward(own)).toEqual(f.forward(Float32Array.from(own)));
    buffer.resize(0);
    expect(f.forward(own)).toEqual(new Float32Array(0));
  });

  it('shared memory, also one that has grown, is as good as other', () => {
    const data = Float32Array.from({ length: 50 }, (_v, i) => Math.sin(i) * 9);
    const buffer = growable(8, 200);
    const shared = new Float32Array(buffer);
    buffer.grow(200);
    expect(shared).toHaveLength(50);
    shared.set(data);
    const y = f.forward(data);
    const dx = f.backward(data, data);
    expect(f.forward(shared)).toEqual(y);
    expect(f.backward(shared, shared)).toEqual(dx);
    expect(f.forward(shared, shared)).toBe(shared);
    expect(Float32Array.from(shared)).toEqual(y);
  });
});

/** The paths of objects within the value, and of functions it is, that a caller can write to. */
const notFrozen = (path: string, value: object): string[] =>
  Object.entries(value).flatMap(([key, inner]) => {
    const own = `${path}.${key}`;
    const isActivation = typeof inner === 'function' && 'params' in inner;
    if (!isActivation && (typeof inner !== 'object' || inner === null)) return [];
    return [...(Object.isFrozen(inner) ? [] : [own]), ...(isActivation ? [] : notFrozen(own, inner))];
  });

describe('an array of another realm', () => {
  it('is as good as one of ours', async () => {
    const { runInNewContext } = await import('node:vm');
    const foreign = runInNewContext('Float32Array.of(-100, 2)') as Float32Array;
    expect(foreign).not.toBeInstanceOf(Float32Array);
    expect(accelerated.leakyRelu().forward(foreign)).toEqual(Float32Array.of(-1, 2));
    expect(accelerated.leakyRelu().backward(foreign, foreign, foreign)).toBe(foreign);
  });
});

describe('a number that is none', () => {
  it.each([
    ['text', '2'],
    ['null', null],
    ['nothing', undefined],
    ['a bigint', 2n],
    ['an array', [2]],
  ])('%s is a TypeError', (_, x) => {
    for (const name of accelerated.activationNames) {
      const f = accelerated.activation(name);
      expect(() => f(x as unknown as number)).toThrow(TypeError);
      expect(() => f.derivative(x as unknown as number)).toThrow(TypeError);
    }
  });
});

describe('parameters', () => {
  const all: [string, (params?: object) => { params: object }][] = [
    ...accelerated.activationNames.map((name): [string, (params?: object) => { params: object }] => [
      name,
      (params) => accelerated.activation(name, params),
    ]),
    ...accelerated.vectorActivationNames.map((name): [string, (params?: object) => { params: object }] => [
      name,
      (params) => accelerated.vectorActivation(name, params),
    ]),
  ];

  /** Those that may be null for "none". */
  const optional = new Set([
    'relu.maxValue',
    'softplus.threshold',
    ...all.map(([name]) => `${name}.axisLength`),
  ]);
  /** Those that a negative number makes senseless. */
  const notNegative = new Set(
    'relu.maxValue relu.threshold thresholded_relu.theta elu.alpha celu.alpha silu.beta softplus.beta squareplus.b hard_sigmoid.slope soft_shrink.lambda hard_shrink.lambda swiglu.beta laplace.sigma xielu.alphaP xielu.alphaN xielu.beta snake.alpha softcap.cap'.split(
      ' ',
    ),
  );
  /** Those of them that 0 makes senseless too. */
  const positive = new Set(
    'celu.alpha silu.beta softplus.beta hard_sigmoid.slope swiglu.beta laplace.sigma xielu.alphaP xielu.alphaN snake.alpha softcap.cap'.split(
      ' ',
    ),
  );

  it.each(all)(
    'of %s: the wrong kind is a TypeError, the wrong value a RangeError, both name it',
    (name, make) => {
      for (const key of Object.keys(make().params)) {
        const id = `${name}.${key}`;
        const refused = (value: unknown, kind: ErrorConstructor) => {
          expect(() => make({ [key]: value }), `${id} = ${String(value)}`).toThrow(kind);
          expect(() => make({ [key]: value })).toThrow(key);
        };
        const wrongKinds = [
          true,
          {},
          [],
          1n,
          ...(key === 'approximate' ? [3] : ['1']),
          ...(optional.has(id) ? [] : [null]),
        ];
        for (const value of wrongKinds.filter((v) => !(key === 'approximate' && v === true)))
          refused(value, TypeError);
        if (key === 'approximate') {
          refused('erf', RangeError);
          continue;
        }
        for (const value of [Number.NaN, Infinity, -Infinity]) refused(value, RangeError);
        if (notNegative.has(id) || key === 'axisLength') refused(-1, RangeError);
        else if (id !== 'rrelu.lower' && id !== 'rrelu.upper' && !id.startsWith('hard_tanh'))
          make({ [key]: -1 });
        if (positive.has(id) || key === 'axisLength') refused(0, RangeError);
        if (optional.has(id)) expect(make({ [key]: null }).params).toMatchObject({ [key]: null });
        // undefined means the default
        expect(make({ [key]: undefined }).params).toEqual(make().params);
      }
    },
  );

  it.each(all)('of %s: an unknown name, or no object, is a TypeError', (name, make) => {
    expect(() => make({ nonsense: 1 })).toThrow(`${name} has no parameter "nonsense"`);
    expect(() => make(JSON.parse('{"__proto__":1}'))).toThrow(TypeError);
    for (const value of [0.2, 'x', null, [1]])
      expect(() => make(value as unknown as object)).toThrow(TypeError);
  });

  it.each(all)('of %s are bound once and frozen, and survive JSON', (_, make) => {
    const given = { ...make().params };
    const f = make(given) as accelerated.Activation;
    expect(f.params).not.toBe(given);
    // range and kinks of the elementwise ones, params of all.
    expect(notFrozen('f', { f, ...f })).toEqual([]);
    expect(() => Object.assign(f, { name: 'x' })).toThrow(TypeError);
    const json = JSON.stringify(f);
    expect(JSON.parse(json)).toEqual({ name: f.name, params: f.params });
    expect((f.toJSON().params as object) === f.params).toBe(false);
  });

  it('the tables that lookups go by are frozen', () => {
    const { frameworks, frameworkNames, activationNames, vectorActivationNames } = accelerated;
    expect(
      notFrozen('tables', { frameworks, frameworkNames, activationNames, vectorActivationNames }),
    ).toEqual([]);
    expect(notFrozen('rreluTraining', { step: accelerated.rreluTraining(1) })).toEqual([]);
  });

  it('messages say what is accepted', () => {
    expect(() => accelerated.leakyRelu({ negativeSlope: '1' as unknown as number })).toThrow(
      new TypeError('negativeSlope must be a number, got String'),
    );
    expect(() => accelerated.leakyRelu({ negativeSlope: -Infinity })).toThrow(
      new RangeError('negativeSlope must be finite, got -Infinity'),
    );
    expect(() => accelerated.leakyRelu({ alpha: 1 } as object)).toThrow(
      new TypeError('leaky_relu has no parameter "alpha"; it takes negativeSlope'),
    );
    expect(() => accelerated.leakyRelu(0.2 as unknown as object)).toThrow(
      new TypeError(
        'params of leaky_relu must be an object, got 0.2; f at x is leakyRelu({"negativeSlope":0.01})(x)',
      ),
    );
    expect(() => accelerated.relu({ maxValue: -1 })).toThrow(
      new RangeError('maxValue must be finite and not negative, got -1'),
    );
    expect(() => accelerated.rrelu({ lower: 1 })).toThrow('lower must not be greater than upper');
    expect(() => accelerated.hardTanh({ minValue: 1 })).toThrow(
      'minValue must be less than maxValue 1, got 1',
    );
  });
});

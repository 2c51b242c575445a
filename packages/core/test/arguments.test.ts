import { describe, expect, it } from 'vitest';
import { leakyRelu, relu } from '../src/index.js';

const f = leakyRelu();
const x = Float32Array.of(-1, 2);

describe('a wrong array', () => {
  it.each([
    ['a plain array', [1, 2], 'x must be a Float32Array or Float64Array, got Array'],
    ['integers', Int32Array.of(1), 'x must be a Float32Array or Float64Array, got Int32Array'],
    ['nothing', undefined, 'x must be a Float32Array or Float64Array, got Undefined'],
    ['null', null, 'x must be a Float32Array or Float64Array, got null'],
    ['a pretender', { [Symbol.toStringTag]: 'Float32Array', length: 1 }, 'x must be a Float32Array'],
  ])('%s is a TypeError', (_, value, message) => {
    expect(() => f.forward(value as Float32Array)).toThrow(TypeError);
    expect(() => f.forward(value as Float32Array)).toThrow(message);
    expect(() => f.backward(x, value as Float32Array)).toThrow(TypeError);
  });

  it('of another kind than x is a TypeError', () => {
    expect(() => f.forward(x, new Float64Array(2) as unknown as Float32Array)).toThrow(
      'y must be a Float32Array as x is, got Float64Array',
    );
  });

  it('of another length is a RangeError, and nothing is written', () => {
    const y = new Float32Array(3);
    expect(() => f.forward(x, y)).toThrow(new RangeError('y must have the length of x, 2, got 3'));
    expect(() => f.backward(x, y)).toThrow(new RangeError('dy must have the length of x, 2, got 3'));
    expect(y).toEqual(new Float32Array(3));
  });

  it('that overlaps another without being it is a RangeError', () => {
    const buffer = new ArrayBuffer(16);
    const a = new Float32Array(buffer, 0, 3);
    const b = new Float32Array(buffer, 4, 3);
    expect(() => f.forward(a, b)).toThrow(
      new RangeError('y overlaps x without being it: byte offsets 4 and 0, 12 bytes each'),
    );
    expect(() => f.backward(new Float32Array(3), a, b)).toThrow('dx overlaps dy');
    expect(() => f.forward(a.subarray(0, 2), a.subarray(2, 3))).toThrow('length');
    expect(f.forward(a.subarray(0, 1), a.subarray(1, 2))).toHaveLength(1);
  });

  it('whose buffer is detached, or has shrunk below it, is a TypeError', () => {
    const gone = new Float32Array(4);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(() => f.forward(gone)).toThrow('x is detached, or out of the bounds of its resized buffer');
    const Resizable = ArrayBuffer as unknown as new (
      size: number,
      options: object,
    ) => ArrayBuffer & { resize(size: number): void };
    const buffer = new Resizable(16, { maxByteLength: 32 });
    const view = new Float32Array(buffer, 8, 2);
    expect(f.forward(view)).toHaveLength(2);
    buffer.resize(8);
    expect(() => f.forward(view)).toThrow('out of the bounds');
  });

  it('over a SharedArrayBuffer is as good as another', () => {
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set(x);
    expect(f.forward(shared, shared)).toEqual(f.forward(x));
  });
});

describe('a wrong parameter', () => {
  it.each([
    [
      () => leakyRelu({ negativeSlope: '1' as unknown as number }),
      TypeError,
      'negativeSlope must be a number, got String',
    ],
    [() => leakyRelu({ negativeSlope: Number.NaN }), RangeError, 'negativeSlope must be finite, got NaN'],
    [
      () => leakyRelu({ negativeSlope: -Infinity }),
      RangeError,
      'negativeSlope must be finite, got -Infinity',
    ],
    [
      () => leakyRelu({ alpha: 1 } as object),
      TypeError,
      'leaky_relu has no parameter "alpha"; it takes negativeSlope',
    ],
    [
      () => leakyRelu(0.2 as unknown as object),
      TypeError,
      'params of leaky_relu must be an object, got Number',
    ],
    [() => relu({ maxValue: -1 }), RangeError, 'maxValue must be finite and not negative, got -1'],
    [() => relu({ threshold: -1 }), RangeError, 'threshold must be finite and not negative, got -1'],
  ])('%s', (make, kind, message) => {
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  it('that is undefined means the default', () => {
    expect(leakyRelu({ negativeSlope: undefined } as object).params).toEqual({ negativeSlope: 0.01 });
  });
});

import { describe, expect, it } from 'vitest';
import { float32Range, worst32 } from '../measure/errors.js';
import { SMOOTH_ULP_32 } from '../measure/tolerances.js';
import { type Activation, gelu, leakyRelu, mish, sigmoid, silu, tanh } from '../src/index.js';
import * as js from '../src/js.js';
import { createPool, instantiateKernels, type WasmMemory } from '../src/wasm.js';
import { WebAssembly } from './_webassembly.js';

describe('a pool', () => {
  it('gives arrays of zeros, takes them back, and puts the stretches together again', () => {
    const pool = createPool(1000);
    const size = pool.free;
    expect(size).toBe(65536);
    const arrays = Array.from({ length: 10 }, (_, i) => pool.allocate('float64', i + 1));
    for (const array of arrays) array.fill(7);
    expect(new Set(arrays.map((a) => a.byteOffset)).size).toBe(10);
    for (const i of [3, 0, 9, 5, 4, 1, 2, 8, 7, 6]) pool.release(arrays[i]);
    expect(pool.free).toBe(size);
    const all = pool.allocate('float32', size / 4);
    expect(all.every((v) => v === 0)).toBe(true);
    expect(() => pool.allocate('float32', 1)).toThrow(
      new RangeError('the pool has no free stretch of 16 bytes; 0 of 65536 are free'),
    );
  });

  it('refuses what is not its own, or was given back', () => {
    const pool = createPool(1000);
    const array = pool.allocate('float32', 4);
    pool.release(array);
    expect(() => pool.release(array)).toThrow(RangeError);
    expect(() => pool.release(new Float32Array(4))).toThrow(RangeError);
    expect(() => pool.release(createPool(10).allocate('float32', 4))).toThrow(RangeError);
    expect(() => pool.allocate('int8' as 'float32', 4)).toThrow(
      "kind must be 'float32' or 'float64', got \"int8\"",
    );
    expect(() => pool.allocate('float32', -1)).toThrow('length must be a positive integer, got -1');
    expect(() => createPool(0)).toThrow('bytes must be a positive integer, got 0');
    expect(() => createPool(2 ** 50)).toThrow(
      new RangeError(`bytes must be at most 4294770688, got ${2 ** 50}`),
    );
    expect(() => pool.release(null as unknown as Float32Array)).toThrow(TypeError);
  });

  it('takes back the array itself only: not a view of it, nor one whose bytes are another by now', () => {
    const pool = createPool(1000);
    const first = pool.allocate('float32', 4);
    expect(() => pool.release(first.subarray(0, 4))).toThrow(RangeError);
    pool.release(first);
    const second = pool.allocate('float32', 4);
    expect(second.byteOffset).toBe(first.byteOffset);
    expect(() => pool.release(first)).toThrow(RangeError);
    pool.release(second);
    expect(pool.free).toBe(65536);
  });

  it('has kernels by address, which keep off their own tables', () => {
    const pool = createPool(64);
    const array = pool.allocate('float32', 2);
    array.set([-1, 2]);
    const at = array.byteOffset;
    pool.kernels.forward(leakyRelu(), 'float32', at, at, 2);
    expect(array).toEqual(Float32Array.of(-0.01, 2));
    expect(() => pool.kernels.forward(leakyRelu(), 'float32', at, 0, 1)).toThrow(
      new RangeError('y must be the address of 4 bytes in a memory of 262144, from 196608 on, got 0'),
    );
  });

  it.each([leakyRelu(), mish(), gelu(), silu(), sigmoid(), tanh()])(
    '$name runs on its arrays where they are, and mixes with others',
    (f) => {
      const pool = createPool(1e6);
      const data = Float32Array.from({ length: 5001 }, (_, i) => Math.sin(i) * 5);
      const x = pool.allocate('float32', data.length);
      const dx = pool.allocate('float32', data.length);
      x.set(data);
      const y = f.forward(data);
      const slope = f.backward(data, data);
      expect(f.forward(x)).toEqual(y); // a new, ordinary array
      expect(f.forward(data, dx)).toEqual(y);
      expect(f.backward(x, x, dx)).toBe(dx);
      expect(dx).toEqual(slope);
      expect(f.backward(data, x)).toEqual(slope);
      expect(f.forward(x, x)).toBe(x);
      expect(x).toEqual(y);
    },
  );
});

// From 16 MiB on, the place of the result is set to 0 page by page before it is written: not where x or dy lie there.
it.each([
  ['float32', 2 ** 22 + 5],
  ['float64', 2 ** 21 + 1],
] as const)(
  'a backward pass over %s arrays of %d elements is that of JS, apart and in place',
  (kind, length) => {
    const pool = createPool(3 * 8 * (2 ** 21 + 2 ** 10));
    const [x, dy, dx] = [0, 1, 2].map(() => pool.allocate(kind as 'float32', length));
    x.forEach((_, i) => {
      x[i] = (i % 7) - 3;
      dy[i] = (i % 1001) + 1;
    });
    const expected = js.leakyRelu().backward(x, dy);
    const f = leakyRelu();
    const differs = (array: Float32Array) => array.findIndex((value, i) => value !== expected[i]);
    expect(differs(f.backward(x, dy, dx))).toBe(-1);
    dx.set(dy);
    expect(differs(f.backward(x, dx, dx))).toBe(-1);
    expect(differs(f.backward(x, dy, x))).toBe(-1);
  },
);

describe('instantiateKernels', () => {
  const memory = () => new WebAssembly.Memory({ initial: 1, maximum: 4 });

  it('works by address on a memory of the caller, odd addresses too, and after it has grown', () => {
    const own = memory();
    const kernels = instantiateKernels(own);
    const f = leakyRelu({ negativeSlope: 0.5 });
    const view = new DataView(own.buffer);
    view.setFloat32(13, -4, true);
    kernels.forward(f, 'float32', 13, 17, 1);
    expect(view.getFloat32(17, true)).toBe(-2);
    own.grow(2);
    const grown = new Float64Array(own.buffer, 100000, 6);
    grown.set([-2, 3, 10, 20, 0, 0]);
    kernels.backward(f, 'float64', 100000, 100016, 100032, 2);
    expect([...grown]).toEqual([-2, 3, 10, 20, 5, 20]);
    kernels.forward(f, 'float64', 100000, 100000, 0);
  });

  it.each([gelu(), silu(), sigmoid(), tanh()])(
    'has $name by arithmetic, since such a memory has no room for tables',
    (f) => {
      const x = float32Range(40961);
      const own = new WebAssembly.Memory({ initial: Math.ceil((3 * x.byteLength) / 65536) });
      const kernels = instantiateKernels(own);
      const at = (i: number) => new Float32Array(own.buffer, i * x.byteLength, x.length);
      const byAddress = {
        name: f.name,
        params: f.params,
        forward(x: Float32Array): Float32Array {
          at(0).set(x);
          kernels.forward(f, 'float32', 0, x.byteLength, x.length);
          return at(1);
        },
        backward(x: Float32Array, dy: Float32Array): Float32Array {
          at(0).set(x);
          at(1).set(dy);
          kernels.backward(f, 'float32', 0, x.byteLength, 2 * x.byteLength, x.length);
          return at(2);
        },
      };
      const worst = worst32(byAddress as unknown as Activation, x);
      expect(worst.f.ulp, `f at ${worst.f.at}`).toBeLessThanOrEqual(SMOOTH_ULP_32);
      expect(worst.derivative.ulp, `f′ at ${worst.derivative.at}`).toBeLessThanOrEqual(SMOOTH_ULP_32);
      const dy = x.map(() => 1);
      expect(byAddress.backward(x, dy)).not.toEqual(f.backward(x, dy)); // so these are other kernels
    },
  );

  it.each([
    ['an object', {}, 'memory must be a WebAssembly.Memory, got Object'],
    ['nothing', undefined, 'memory must be a WebAssembly.Memory, got Undefined'],
    [
      'a shared one',
      new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
      'memory must not be a shared one',
    ],
  ])('refuses %s for a memory', (_, value, message) => {
    expect(() => instantiateKernels(value as WasmMemory)).toThrow(new TypeError(message));
  });

  it('refuses what is outside, overlaps, or has no kernel', () => {
    const kernels = instantiateKernels(memory());
    const f = leakyRelu();
    expect(() => kernels.forward(f, 'float32', 65533, 0, 1)).toThrow(
      new RangeError('x must be the address of 4 bytes in a memory of 65536, got 65533'),
    );
    expect(() => kernels.forward(f, 'float32', -4, 0, 1)).toThrow(RangeError);
    expect(() => kernels.forward(f, 'float32', 0, 4, 2)).toThrow('x overlaps y without being it');
    expect(() => kernels.forward(f, 'float32', 0, 0, -1)).toThrow('length must be an integer from 0, got -1');
    expect(() => kernels.forward(f, 'int8' as 'float32', 0, 0, 1)).toThrow(TypeError);
    expect(() => kernels.forward(leakyRelu({ negativeSlope: 1e39 }), 'float32', 0, 0, 1)).toThrow(
      new RangeError("negativeSlope must be within float32's range for Float32Arrays, got 1e+39"),
    );
    expect(() => kernels.forward(js.leakyRelu(), 'float32', 0, 0, 1)).toThrow(
      'leaky_relu has no WASM kernel',
    );
  });
});

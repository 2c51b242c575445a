import { afterEach, describe, expect, it, vi } from 'vitest';
import * as js from '../src/js.js';
import { WebAssembly } from './_webassembly.js';

// Each case takes something away before the modules are first loaded.
const takeAway: [string, () => void][] = [
  ['WebAssembly', () => vi.stubGlobal('WebAssembly', undefined)],
  [
    'SIMD',
    () => {
      // An engine without SIMD refuses every module that uses it, as it refuses this one.
      const { Module } = WebAssembly;
      const refuse = () => new Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 9));
      vi.stubGlobal('WebAssembly', { ...namespace(), Module: refuse });
    },
  ],
  [
    'permission to compile',
    () => {
      const refuse = () => {
        throw new WebAssembly.CompileError(
          "Refused: 'wasm-unsafe-eval' is not allowed by the content security policy",
        );
      };
      vi.stubGlobal('WebAssembly', { ...namespace(), Module: refuse });
    },
  ],
  [
    'memory',
    () => {
      const refuse = () => {
        throw new RangeError('WebAssembly.Memory(): could not allocate memory');
      };
      vi.stubGlobal('WebAssembly', { ...namespace(), Memory: refuse });
    },
  ],
];

const namespace = () => ({
  Module: WebAssembly.Module,
  Instance: WebAssembly.Instance,
  Memory: WebAssembly.Memory,
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe.each(takeAway)('without %s', (_, remove) => {
  it('the default entry gives the results of JS', async () => {
    vi.resetModules();
    remove();
    const own = await import('../src/index.js');
    const x = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i) * 20);
    for (const name of own.activationNames) {
      const f = own.activation(name);
      expect(f.forward(x)).toEqual(js.activation(name).forward(x));
      expect(f.backward(x, x)).toEqual(js.activation(name).backward(x, x));
    }
    const slopes = Float32Array.of(0.5, 2);
    const f = own.preluPerChannel(slopes);
    expect(f.forward(x)).toEqual(js.preluPerChannel(slopes).forward(x));
    expect(f.slopeGradient(x, x)).toEqual(js.preluPerChannel(slopes).slopeGradient(x, x));
    expect(own.rreluTraining(7).forward(x)).toEqual(js.rreluTraining(7).forward(x));
    expect(own.preluSlopeGradient(x, x)).toBe(js.preluSlopeGradient(x, x));
  });

  it('the WASM entry says so', async () => {
    vi.resetModules();
    remove();
    const wasm = await import('../src/wasm.js');
    expect(() => wasm.leakyRelu().forward(new Float32Array(4))).toThrow(Error);
    expect(wasm.leakyRelu()(-1)).toBe(-0.01);
    expect(() => wasm.preluPerChannel(Float32Array.of(1)).forward(new Float32Array(4))).toThrow(Error);
    expect(() => wasm.rreluTraining(1).forward(new Float32Array(4))).toThrow(Error);
    expect(() => wasm.preluSlopeGradient(new Float32Array(4), new Float32Array(4))).toThrow(Error);
  });
});

it('with all of them the default entry is on WASM: smooth bits differ from JS somewhere', async () => {
  const own = await import('../src/index.js');
  const x = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 20);
  expect(own.sigmoid().forward(x)).not.toEqual(js.sigmoid().forward(x));
});

// What every runtime must give: run in each of them by runtimes.test.ts, against the package as it is published.
import * as core from '@rectify/core';
import * as js from '@rectify/core/js';
import { plot } from '@rectify/core/plot';
import * as wasm from '@rectify/core/wasm';
import { fixtureVariants, float32Range, worst32, worst64 } from '../measure/errors.js';
import { EXACT, SMOOTH_ULP_32, SMOOTH_ULP_64 } from '../measure/tolerances.js';

type Kinds = Float32Array | Float64Array;

/** The bits of arrays, folded into a number; every NaN is the same. */
function fold(arrays: readonly Kinds[]): number {
  let hash = 0x811c9dc5;
  for (const array of arrays) {
    const canonical = array.map((v) => (Number.isNaN(v) ? Number.NaN : v));
    for (const word of new Uint32Array(canonical.buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  }
  return hash >>> 0;
}

const said = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'no error';
};

const detached = (): Float32Array => {
  const array = new Float32Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
};

/** A view that its buffer no longer covers. */
const shrunk = (): Float32Array => {
  const Resizable = ArrayBuffer as unknown as new (
    size: number,
    options: object,
  ) => ArrayBuffer & { resize(n: number): void };
  const buffer = new Resizable(16, { maxByteLength: 32 });
  const view = new Float32Array(buffer, 8, 2);
  buffer.resize(8);
  return view;
};

/** Functions whose error is above the tolerance, with it; none, where all is well. */
function beyondTolerance(entry: typeof js | typeof wasm): string[] {
  const range = float32Range(2621431); // a prime: 1600 of all float32
  return fixtureVariants.flatMap(({ name, params }) => {
    const f = entry.activation(name, params);
    const exact = EXACT.has(f.name as core.ElementwiseName);
    const double = worst64(f, params);
    const single = worst32(f, range);
    return [
      ['float64 f', double.f, exact ? 0 : SMOOTH_ULP_64],
      ['float64 derivative', double.derivative, exact ? 0 : SMOOTH_ULP_64],
      ['float32 f', single.f, exact ? 1 : SMOOTH_ULP_32],
      ['float32 derivative', single.derivative, exact ? 0 : SMOOTH_ULP_32],
    ].flatMap(([what, worst, bound]) => {
      const { ulp, at } = worst as { ulp: number; at: number };
      return ulp > (bound as number)
        ? [`${name} ${JSON.stringify(params)} ${what}: ${ulp} ulp at ${at}`]
        : [];
    });
  });
}

/** All that must be the same everywhere. */
export function conformance(): object {
  const single = float32Range(1310719);
  const double = Float64Array.from(single, (v) => v * 1.1);
  const bitsOf = (entry: typeof core | typeof wasm | typeof js, names: readonly string[]) =>
    names.map((name) => {
      const f = entry.activation(name);
      return [
        name,
        fold([f.forward(single), f.backward(single, single), f.forward(double), f.backward(double, double)]),
      ];
    });

  const pool = wasm.createPool(1000);
  const x = pool.allocate('float32', 33);
  x.set(Float32Array.from({ length: 33 }, (_, i) => i - 16));
  const leaky = core.leakyRelu({ negativeSlope: 0.5 });
  const inPlace = leaky.forward(x, x) === x && Array.from(x);
  pool.release(x);

  const channels = core.preluPerChannel(Float32Array.of(0.5, -1, 0));
  const signs = Float32Array.from({ length: 99 }, (_, i) => (i % 2 === 0 ? i : -i));
  const shared = new Float32Array(new SharedArrayBuffer(160));
  shared.set(signs.subarray(0, 40));

  return {
    beyondTolerance: { js: beyondTolerance(js), wasm: beyondTolerance(wasm) },
    bits: {
      wasm: bitsOf(wasm, core.activationNames),
      default: bitsOf(core, core.activationNames),
      // JS alone computes the smooth ones with the runtime's own Math.exp.
      js: bitsOf(js, [...EXACT]),
    },
    pool: { inPlace, free: pool.free },
    prelu: [
      Array.from(channels.forward(signs)),
      Array.from(channels.backward(signs, signs)),
      Array.from(channels.slopeGradient(signs, signs)),
    ],
    shared: Array.from(leaky.forward(shared, shared)),
    rrelu: Array.from(core.rreluTraining(7).forward(signs)),
    map: [-2, -1, 0, 1].map(leaky),
    json: core.activation(JSON.stringify(leaky)).toJSON(),
    foreign: core.activation('LeakyReLU', {}, { framework: 'keras' }).toJSON(),
    softmax: core
      .softmax()([1, 2, 3])
      .map((v) => v.toFixed(14)),
    sparsemax: Array.from(core.sparsemax({ axisLength: 2 }).forward(Float32Array.of(1, 1, 5, 0))),
    plot: plot(leaky),
    errors: [
      said(() => leaky.forward([1] as unknown as Float32Array)),
      said(() => leaky.forward(detached())),
      said(() => leaky.forward(shrunk())),
      said(() => leaky.forward(signs.subarray(0, 9), signs.subarray(1, 10))),
      said(() => leaky.backward(signs, new Float32Array(3))),
      said(() => core.leakyRelu({ negativeSlope: Number.NaN })),
      said(() => core.leakyRelu({ slope: 1 } as object)),
      said(() => core.activation('nothing')),
      said(() => wasm.createPool(-1)),
      said(() => pool.release(x)),
    ],
  };
}

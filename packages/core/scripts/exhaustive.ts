// `node scripts/run.mjs scripts/exhaustive.ts [--stride 1] [NAME …]`: the largest error of the float32 WASM kernels over every float32,
// or every `stride`-th of them; all functions when none is named. A function takes some ten minutes at stride 1.
import { parseArgs } from 'node:util';
import { fixtureVariants, type Worst, worst32 } from '../measure/errors.js';
import * as wasm from '../src/wasm.js';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { stride: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const stride = Number(values.stride);
const CHUNK = 2 ** 20;
const bits = new Uint32Array(CHUNK);
const x = new Float32Array(bits.buffer);

const larger = (a: Worst, b: Worst): Worst => (b.ulp > a.ulp ? b : a);

for (const { name, params } of fixtureVariants) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const f = wasm.activation(name, params);
  let worst = { f: { ulp: 0, at: Number.NaN }, derivative: { ulp: 0, at: Number.NaN } };
  for (let at = 0; at < 2 ** 32; at += CHUNK * stride) {
    const count = Math.min(CHUNK, Math.ceil((2 ** 32 - at) / stride));
    for (let i = 0; i < count; i++) bits[i] = at + i * stride;
    const here = worst32(f, x.subarray(0, count));
    worst = { f: larger(worst.f, here.f), derivative: larger(worst.derivative, here.derivative) };
  }
  const shown = ({ ulp, at }: Worst): string => (ulp === 0 ? '0 ulp' : `${ulp} ulp at ${at}`);
  console.log(`${name} ${JSON.stringify(params)}: f ${shown(worst.f)}, f′ ${shown(worst.derivative)}`);
}

// `pnpm accuracy`: the largest error of every function on every backend, and of tfjs, onnxruntime-web and PyTorch beside them, in
// units in the last place of float32 and float64. Writes ACCURACY.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type Peer, peers } from '../bench/_operators.js';
import { fixtureVariants, float32Range, worst32, worst64 } from '../measure/errors.js';
import { ulp32 } from '../measure/ulp.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

// Every 4093rd float32 (a prime): a million of all exponents, subnormals, infinities and NaN.
const range = float32Range(4093);

const shown = (ulp: number): string =>
  ulp === Number.POSITIVE_INFINITY ? 'NaN' : ulp > 1e6 ? '> 10⁶' : String(ulp);

/** The largest error of values that a peer computed for the range. */
function worstOf(name: string, params: object, values: ArrayLike<number>): string {
  const f = js.activation(name, params);
  let worst = 0;
  for (let i = 0; i < range.length; i++) worst = Math.max(worst, ulp32(values[i], Math.fround(f(range[i]))));
  return shown(worst);
}

const folder = mkdtempSync(join(tmpdir(), 'rectify-accuracy-'));
writeFileSync(join(folder, 'x.f32'), range);
const python = spawnSync(process.env.PYTHON ?? 'python3', ['scripts/accuracy.py', folder], {
  encoding: 'utf8',
});
if (python.status !== 0) console.error(`PyTorch's column is missing:\n${python.stderr.slice(-300)}`);
const pytorch = (name: string): Float32Array | undefined => {
  if (python.status !== 0 || !python.stdout.split('\n').includes(name)) return undefined;
  const bytes = readFileSync(join(folder, `${name}.f32`));
  return new Float32Array(bytes.buffer, bytes.byteOffset, range.length);
};

const torch = python.stdout?.match(/^torch ([\d.]+)/m)?.[1] ?? '';

await tf.setBackend('cpu');
const x = tf.tensor1d(range);
const rows: string[] = [];
for (const { name, params } of fixtureVariants) {
  const cells: string[] = [];
  for (const backend of [js, wasm]) {
    const f = backend.activation(name, params);
    const single = worst32(f, range);
    const double = worst64(f, params);
    cells.push(`${single.f.ulp} / ${single.derivative.ulp}`, `${double.f.ulp} / ${double.derivative.ulp}`);
  }
  const peer: Peer = Object.keys(params).length === 0 ? (peers[name as keyof typeof peers] ?? {}) : {};
  const own = peer.tfjs ? tf.tidy(() => peer.tfjs?.(x).dataSync() as Float32Array) : undefined;
  cells.push(own ? worstOf(name, params, own) : '–');
  cells.push(peer.onnx ? worstOf(name, params, await runOnnx(...peer.onnx)) : '–');
  const torch = Object.keys(params).length === 0 ? pytorch(name) : undefined;
  cells.push(torch ? worstOf(name, params, torch) : '–');
  const list = Object.entries(params).map(([key, value]) => `${key} ${value}`);
  rows.push(`| ${name}${list.length > 0 ? ` (${list.join(', ')})` : ''} | ${cells.join(' | ')} |`);
  console.log(rows.at(-1));
}
rmSync(folder, { recursive: true });

async function runOnnx(op: string, attributes: Record<string, number>): Promise<Float32Array> {
  const { run } = await import('../bench/_onnx.js');
  return run(op, attributes, range);
}

const report = `# Accuracy

Made by \`pnpm accuracy\`: the largest error in units in the last place, f / f′, the latter but within 1 of where it crosses 0
(there, and wherever the snake's f′ is, the error is absolute, as that of xielu's f within 1.5 of where it does: at most 2⁻²⁴ in float32, 2 · 2⁻⁵³ in float64). float32 is over ${range.length.toLocaleString('en')} values spread over all of float32,
against the float64 scalar rounded once (so js float32, which rounds that very scalar, shows 0); float64 against mpmath on the grid of the fixtures. tfjs (cpu), ONNX Runtime web and PyTorch
${torch} are float32, f only, on the same values; NaN says that one gives NaN, or a number for NaN, where it should not.

| | js float32 | js float64 | wasm float32 | wasm float64 | tfjs | onnxruntime-web | PyTorch |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
writeFileSync(new URL('../ACCURACY.md', import.meta.url), report);

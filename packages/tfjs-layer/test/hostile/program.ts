// Loads what the command line asks for, in a process of its own: node program.js corpus|bytes|topologies|hdf5 BACKEND FIXTURES [COUNT] [SEED]
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { KerasFormatError, loadKerasModel } from '../../src/index.js';
import { corpus } from './corpus.js';
import { mutations } from './fuzz.js';

/** What became of one source, as the test reads it. */
export interface Outcome {
  name: string;
  outcome: string;
  message: string;
  leaked: number;
  ms: number;
  /** How much the process grew beyond what it ever had, in MB. */
  grew: number;
  /** The file's own size, in MB. */
  size: number;
}

const [what = '', backend = 'cpu', folder = '', count = '100', seed = '1'] = process.argv.slice(2);
setWasmPaths(`${dirname(createRequire(join(folder, 'x.js')).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend(backend);
tf.relu([1]).dispose();

const good = new Uint8Array(readFileSync(join(folder, 'keras/leaky_layers.keras')));
const fixture = JSON.parse(readFileSync(join(folder, 'keras/leaky_layers.json'), 'utf8'));
const floats = ({ data }: { data: string }) =>
  new Float32Array(new Uint8Array(Buffer.from(data, 'base64')).buffer);
const peak = () => process.resourceUsage().maxRSS / 1024;

/** The good file gives what Keras gave, whatever came before it. */
async function assertGood(after: string): Promise<void> {
  const model = await loadKerasModel(good);
  const [input, output] = [fixture.inputs[0], fixture.outputs[0]];
  const got = tf.tidy(() => (model.predict(tf.tensor(floats(input), input.shape)) as tf.Tensor).dataSync());
  const want = floats(output);
  model.dispose();
  if (!want.every((value, i) => Math.abs(value - (got[i] as number)) < 2e-5))
    throw new Error(`after ${after} a good file gives ${got}`);
}

async function attempt(name: string, source: unknown): Promise<Outcome> {
  const [before, most, start] = [tf.memory().numTensors, peak(), performance.now()];
  let outcome = 'loaded';
  let message = '';
  try {
    const model = await loadKerasModel(source as object);
    model.dispose();
  } catch (error) {
    outcome = error instanceof KerasFormatError ? 'KerasFormatError' : String((error as Error)?.name);
    message = String((error as Error)?.message);
  }
  const ms = performance.now() - start;
  const size = source instanceof Uint8Array ? source.length / 2 ** 20 : 0;
  return { name, outcome, message, leaked: tf.memory().numTensors - before, ms, grew: peak() - most, size };
}

const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
await assertGood('nothing');
if (what === 'corpus')
  for (const [name, { make }] of Object.entries(corpus(folder))) {
    say({ at: name });
    say(await attempt(name, make()));
    await assertGood(name);
  }
else {
  const totals: Record<string, number> = {};
  let slowest = 0;
  const samples = new Set<string>();
  for (let i = 0; i < Number(count); i++) {
    say({ at: `seed ${Number(seed) + i}` });
    const { source, check } = mutations(what, folder, Number(seed) + i);
    const before = tf.memory().numTensors;
    const start = performance.now();
    let outcome = 'loaded';
    try {
      const model = await loadKerasModel(source);
      try {
        const changed = check(model);
        if (changed) say({ fault: `seed ${Number(seed) + i}: ${changed}` });
      } catch (error) {
        outcome = 'named when it predicts';
        if (!(error instanceof KerasFormatError)) {
          say({ fault: `seed ${Number(seed) + i}: it loads and then ${(error as Error).stack}` });
          outcome = 'loaded, cannot predict';
        }
      } finally {
        model.dispose();
      }
    } catch (error) {
      outcome = (error as Error).name;
      const { message, stack } = error as Error;
      samples.add(message.replace(/\d+/g, '0').slice(0, 120));
      if (!(error instanceof KerasFormatError) || message.length > 300)
        say({ fault: `seed ${Number(seed) + i}: ${outcome} ${stack}` });
    }
    const ms = performance.now() - start;
    slowest = Math.max(slowest, ms);
    if (tf.memory().numTensors !== before)
      say({
        fault: `seed ${Number(seed) + i}: ${outcome}, ${tf.memory().numTensors - before} tensors are left`,
      });
    totals[outcome] = (totals[outcome] ?? 0) + 1;
  }
  await assertGood('all of them');
  say({ totals, slowest, peak: peak(), samples: [...samples].slice(0, 20) });
}

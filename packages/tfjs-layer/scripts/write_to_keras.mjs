// Writes toKerasConfig of every model of fixtures/keras to a folder, for check_to_keras.py. Needs the built package.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { loadKerasModel, toKerasConfig } from '../dist/index.js';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node scripts/write_to_keras.mjs FOLDER');
mkdirSync(folder, { recursive: true });
const fixtures = new URL('../fixtures/keras/', import.meta.url);
for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.json'))) {
  const { topology, weights } = JSON.parse(readFileSync(new URL(file, fixtures), 'utf8'));
  const bytes = new Uint8Array(Buffer.concat(weights.map(({ data }) => Buffer.from(data, 'base64'))));
  const weightSpecs = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const model = await loadKerasModel({ modelTopology: topology, weightSpecs, weightData: bytes.buffer });
  writeFileSync(`${folder}/${file}`, JSON.stringify(toKerasConfig(model)));
}

// Writes toKerasConfig of every model of fixtures/keras and fixtures/lookups to a folder, for check_to_keras.py, and says which it refuses.
// Needs the built package.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { loadKerasModel, toKerasConfig } from '../dist/index.js';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node scripts/write_to_keras.mjs FOLDER');
mkdirSync(`${folder}/lookups`, { recursive: true });

async function write(source, name) {
  const model = await loadKerasModel(source);
  try {
    writeFileSync(`${folder}/${name}`, JSON.stringify(toKerasConfig(model)));
  } catch (error) {
    if (error.name !== 'KerasFormatError') throw error;
    console.log(`${name} is not written: ${error.message}`);
  }
}

const fixtures = new URL('../fixtures/keras/', import.meta.url);
for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.json'))) {
  const { topology, weights } = JSON.parse(readFileSync(new URL(file, fixtures), 'utf8'));
  const bytes = new Uint8Array(Buffer.concat(weights.map(({ data }) => Buffer.from(data, 'base64'))));
  const weightSpecs = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  await write({ modelTopology: topology, weightSpecs, weightData: bytes.buffer }, file);
}
const lookups = readFileSync(new URL('../fixtures/lookups/cases.jsonl', import.meta.url), 'utf8');
for (const [i, line] of lookups.trim().split('\n').entries()) {
  const { topology } = JSON.parse(line);
  if (topology) await write(topology, `lookups/${i}.json`);
}

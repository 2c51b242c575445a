// What loading holds beside the file and the model: no copy of the weights that waits to be collected, and nothing of the caller's.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import { crc32 } from '../src/keras/containers/crc.js';
import { disk } from '../src/keras/sources/disk.js';
import { BACKENDS } from './_backends.js';
import { expectKerasOutputs, folder } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();
const NAME = 'leaky_layers';

describe.each(BACKENDS)('%s', (backend) => {
  it('keeps nothing of the bytes that it was given', async () => {
    await tf.setBackend(backend);
    const bytes = new Uint8Array(readFileSync(new URL(`${NAME}.keras`, folder)));
    const model = await loadKerasModel(bytes);
    bytes.fill(0x55);
    expectKerasOutputs(model, NAME);
    model.dispose();
  });
});

it('writes each weight straight into the memory of the wasm backend', async () => {
  await tf.setBackend('wasm');
  const before = tf.backend().numDataIds();
  const write = vi.spyOn(tf.backend(), 'write');
  try {
    const model = await loadKerasModel(new Uint8Array(readFileSync(new URL(`${NAME}.keras`, folder))));
    const sizes = write.mock.calls.flatMap(([values]) => (values ? [values.length] : []));
    expect(Math.max(...sizes), 'only numbers that stand for weights are handed over').toBe(1);
    model.dispose();
  } finally {
    write.mockRestore();
  }
  expect(tf.backend().numDataIds()).toBe(before);
});

it('takes the checksum of the runtime, which is ours', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 251);
  for (const length of [0, 1, 7, 8, 9, 63, 100])
    expect(disk.crc32?.(bytes.subarray(0, length))).toBe(crc32(bytes.subarray(0, length)));
});

// Loads models of what a page has at hand, for browser-sources.test.ts.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadKerasModel } from '../../src/index.js';

document.body.innerHTML =
  '<input type="file" id="files" multiple><input type="file" id="folder" webkitdirectory>';
const filesOf = (id: string) => (document.getElementById(id) as HTMLInputElement).files as FileList;
const bytesOf = async () => (await (filesOf('files')[0] as File).arrayBuffer()) as ArrayBuffer;

/** A folder of the browser's own file system, with the files that were chosen. */
async function opened(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('model', { create: true });
  for (const file of filesOf('files')) {
    const handle = await folder.getFileHandle(file.name, { create: true });
    const writer = await handle.createWritable();
    await writer.write(file);
    await writer.close();
  }
  return folder;
}

const SOURCES = {
  File: () => filesOf('files')[0] as File,
  Blob: async () => new Blob([await bytesOf()]),
  Response: async () => new Response(await bytesOf()),
  bytes: bytesOf,
  FileList: () => filesOf('files'),
  'chosen folder': () => filesOf('folder'),
  'opened folder': opened,
} satisfies Record<string, () => unknown>;

/** The model's output for an input, or the error's name and message; and how many tensors are left. */
async function predict(
  source: keyof typeof SOURCES,
  input: number[][],
): Promise<{ got: number[] | string; left: number }> {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  let got: number[] | string;
  try {
    const model = await loadKerasModel(await SOURCES[source]());
    got = tf.tidy(() => Array.from((model.predict(tf.tensor2d(input)) as tf.Tensor).dataSync()));
    model.dispose();
  } catch (error) {
    const { name, message } = error as Error;
    got = `${name}: ${message}`;
  }
  return { got, left: tf.memory().numTensors - before };
}

export const checks = { predict };
export type Checks = typeof checks;
Object.assign(globalThis, { checks });

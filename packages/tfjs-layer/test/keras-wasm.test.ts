// The models of fixtures/keras on tfjs's wasm backend, some of whose kernels compute otherwise than those of cpu.
import { afterAll, beforeAll, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import { use } from './_backends.js';
import { artifacts, expectKerasOutputs, free, names } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

beforeAll(() => use('wasm'));
afterAll(() => use('cpu'));
noTensorLeaks();

it.each(names)('the Keras 3 model %s gives Keras’s outputs', async (name) => {
  const model = await loadKerasModel(artifacts(name));
  expectKerasOutputs(model, name);
  free(model);
});

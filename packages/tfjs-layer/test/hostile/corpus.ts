// Sources that a stranger could send, each with what must become of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflated, type Entry, stored, zip } from './zip.js';

export interface Case {
  make(): unknown;
  loads: boolean;
}

type Config = Record<string, unknown>;
const object = (module: string, class_name: string, config: Config, more: Config = {}) => ({
  module,
  class_name,
  config,
  registered_name: null,
  ...more,
});
export const layer = (class_name: string, config: Config, more?: Config) =>
  object('keras.layers', class_name, config, more);
export const input = (shape: unknown = [null, 3]) => layer('InputLayer', { name: 'in', batch_shape: shape });
export const dense = (more: Config = {}) => layer('Dense', { name: 'dense', units: 2, ...more });
export const sequential = (...layers: unknown[]) => object('keras', 'Sequential', { name: 'm', layers });
export const tensorOf = (name: string, call = 0) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 3], dtype: 'float32', keras_history: [name, call, 0] },
});
export const called = (class_name: string, name: string, config: Config, ...calls: unknown[]) =>
  layer(
    class_name,
    { name, ...config },
    { name, inbound_nodes: calls.map((one) => ({ args: [one], kwargs: {} })) },
  );
export const functional = (layers: unknown[], inputs: unknown, outputs: unknown) =>
  object('keras', 'Functional', { name: 'm', layers, input_layers: inputs, output_layers: outputs });

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Everything by name; `folder` is that of the fixtures. */
export function corpus(folder: string): Record<string, Case> {
  const weights = new Uint8Array(readFileSync(join(folder, 'hdf5/hostile/beside-soft-link-cycle.h5')));
  const good = sequential(input(), dense());
  const [config, h5] = [stored('config.json', text(good)), stored('model.weights.h5', weights)];
  const archive = (topology: unknown, file = weights) =>
    zip([stored('config.json', text(topology)), stored('model.weights.h5', file)]);
  const cases: Record<string, Case> = {};
  const add = (name: string, loads: boolean, make: () => unknown) => {
    cases[name] = { make, loads };
  };
  const refused = (name: string, make: () => unknown) => add(name, false, make);

  add('zip: good', true, () => zip([config, h5]));
  add('zip: good, compressed', true, () =>
    zip([deflated('config.json', config.raw), deflated('model.weights.h5', weights)]),
  );
  add('zip: an asset of 1 GB that says so and that nobody needs', true, () =>
    zip([config, h5, stored('assets/x', 'x', { method: 8, size: 1e9 })]),
  );
  add('zip: bytes between the files and the directory', true, () =>
    zip([config, h5], { gap: new Uint8Array(999) }),
  );
  refused('zip: nothing', () => zip([]));
  refused('zip: two letters', () => new TextEncoder().encode('PK'));
  refused('zip: cut', () => zip([config, h5]).subarray(0, 5000));
  refused('zip: bytes after its end', () => zip([config, h5], { tail: new Uint8Array(9) }));
  refused('zip: more files than it has', () => zip([config, h5], { count: 3 }));
  refused('zip: fewer files than it has', () => zip([config, h5, stored('a', '')], { count: 2 }));
  refused('zip: 65535 files', () => zip([config, h5], { count: 65535 }));
  refused('zip: a checksum that is wrong', () => zip([{ ...config, crc: 1 }, h5]));
  refused('zip: weights whose checksum is wrong', () => zip([config, { ...h5, crc: 1 }]));
  refused('zip: encrypted', () => zip([{ ...config, flags: 1 }, h5]));
  refused('zip: encrypted beside what is needed', () => zip([config, h5, stored('a', 'a', { flags: 1 })]));
  refused('zip: another name at the file itself', () => zip([{ ...config, localName: 'config.txt!' }, h5]));
  refused('zip: a name twice', () => zip([config, config, h5]));
  refused('zip: one place for two files', () => zip([config, h5, { ...h5, name: 'again', offset: 0 }]));
  refused('zip: files within each other', () =>
    zip([config, h5, { ...stored('a', 'x'), packed: 40, size: 40 }]),
  );
  refused('zip: an unknown method', () => zip([{ ...config, method: 14 }, h5]));
  refused('zip: larger than it says', () => zip([deflated('config.json', config.raw, { size: 9 }), h5]));
  refused('zip: smaller than it says', () => zip([deflated('config.json', config.raw, { size: 9999 }), h5]));
  refused('zip: beyond its end', () => zip([config, { ...h5, packed: 1e9, size: 1e9 }]));
  refused('zip: a bomb of weights', () =>
    zip([config, deflated('model.weights.h5', new Uint8Array(2 ** 26))]),
  );
  refused('zip: a bomb that says 4 GB', () =>
    zip([config, { ...deflated('model.weights.h5', weights), size: 0xfffffffe }]),
  );
  refused('zip: a bomb that says less than it is', () =>
    zip([config, deflated('model.weights.h5', new Uint8Array(2 ** 26), { size: 100 })]),
  );
  refused('zip: a bomb of JSON', () => zip([deflated('config.json', Buffer.alloc(2 ** 26, '[')), h5]));
  refused('zip: sizes of 64 bits that are not there', () =>
    zip([{ ...config, packed: 0xffffffff, size: 0xffffffff }, h5]),
  );
  refused('zip: only what every object has', () =>
    zip([stored('__proto__', 'x'), stored('constructor', 'x')]),
  );
  refused('zip: 65 534 files', () =>
    zip(
      Array.from({ length: 65534 }, (_, i): Entry => stored(`${i}`, '')),
      { count: 65534 },
    ),
  );
  refused('zip: a wrong HDF5', () => archive(good, new Uint8Array(weights.length)));

  for (const file of readdirSync(join(folder, 'hdf5/hostile')))
    add(`hdf5: ${file}`, file.startsWith('beside'), () =>
      archive(good, new Uint8Array(readFileSync(join(folder, 'hdf5/hostile', file)))),
    );
  for (const length of [0, 7, 8, 100, 2000])
    refused(`hdf5: ${length} bytes of it`, () => archive(good, weights.slice(0, length)));
  refused('hdf5: one that holds no model', () => weights);

  const json = (name: string, topology: () => unknown) => refused(`json: ${name}`, () => archive(topology()));
  const deep = (count: number) => '['.repeat(count) + ']'.repeat(count);
  const field = (name: string, value: string) =>
    text(sequential(input(), dense({ [name]: '@@' }))).replace('"@@"', value);
  json('a field of 10 000 lists', () => field('kernel_initializer', deep(10_000)));
  json('an activation in an activation in …', () => {
    let value = '"relu"';
    for (let i = 0; i < 5000; i++) value = `{"class_name":"Activation","config":{"activation":${value}}}`;
    return field('activation', value);
  });
  json('models in models', () => {
    const [before, after] = text(sequential(input(), '@@')).split('"@@"');
    return `${before?.repeat(2000)}${text(dense())}${after?.repeat(2000)}`;
  });
  json(
    '2 000 000 values',
    () => `{"class_name":"Sequential","config":{"layers":[${'[],'.repeat(2_100_000)}[]]}}`,
  );
  json('no JSON', () => 'NaN');
  json('null', () => null);
  for (const units of [3e8, 2e9, 1e15, -5, 1.5, 0, '5', null, {}])
    json(`units: ${text(units)}`, () => sequential(input(), dense({ units })));
  json('a state of 3e8', () =>
    sequential(input([1, 3, 3]), layer('LSTM', { name: 'dense', units: 3e8, stateful: true })),
  );
  json('an embedding of 1e9', () =>
    sequential(input([null, 2]), layer('Embedding', { name: 'e', input_dim: 1e9, output_dim: 8 })),
  );
  json('a kernel of 1e16', () =>
    sequential(input([null, 8, 8, 3]), layer('Conv2D', { name: 'c', filters: 1e6, kernel_size: [1e5, 1e5] })),
  );
  for (const size of [2 ** 31, 'x', -3, 1.5, { a: 1 }, true])
    json(`an input of ${text(size)}`, () => sequential(input([null, size]), dense({ units: 1 })));
  for (const strides of [0, [1, 0]])
    json(`strides of ${text(strides)}, whose output has no end`, () =>
      sequential(
        input([null, 8, 8, 3]),
        layer('Conv2DTranspose', { name: 'dense', filters: 1, kernel_size: [2, 2], strides }),
        layer('GlobalAveragePooling2D', { name: 'g' }),
      ),
    );
  json('layers: 7', () => object('keras', 'Sequential', { name: 'm', layers: 7 }));
  json('no layers', () => object('keras', 'Sequential', { name: 'm' }));
  json('a layer null', () => sequential(null));
  json('a layer without config', () => sequential(input(), { class_name: 'Dense' }));
  json('a name of 1 MB', () => sequential(input(), dense({ name: 'x'.repeat(1e6), units: 7 })));
  json('a name that clears the screen', () =>
    sequential(input(), dense({ name: '\u001b[2J\u202e', units: 7 })),
  );
  json('a class called constructor', () => sequential(input(), layer('constructor', { name: 'x' })));
  json('a field called __proto__', () =>
    text(sequential(input(), dense({ zz: 1 }))).replace('zz', '__proto__'),
  );
  json('an activation called toString', () => sequential(input(), dense({ activation: 'toString' })));
  json('Python code', () =>
    sequential(
      input(),
      layer('Lambda', { name: 'l', function: { class_name: '__lambda__', config: { code: '4wEA' } } }),
    ),
  );
  json('a layer twice', () => sequential(input(), dense(), dense()));
  json('a layer too few', () => sequential(input()));
  json('a layer that calls itself', () =>
    functional(
      [called('InputLayer', 'in', { batch_shape: [null, 3] }), called('ReLU', 'r', {}, tensorOf('r'))],
      ['in', 0, 0],
      ['r', 0, 0],
    ),
  );
  json('two layers that wait for each other', () => {
    const layers = [called('ReLU', 'a', {}, tensorOf('b')), called('ReLU', 'b', {}, tensorOf('a'))];
    return functional(
      [called('InputLayer', 'in', { batch_shape: [null, 3] }), ...layers],
      ['in', 0, 0],
      ['b', 0, 0],
    );
  });
  json('20 000 layers in no call', () =>
    functional(
      [
        called('InputLayer', 'in', { batch_shape: [null, 3] }),
        ...Array.from({ length: 20_000 }, (_, i) => called('ReLU', `r${i}`, {})),
      ],
      ['in', 0, 0],
      ['in', 0, 0],
    ),
  );
  json('a layer outside the graph', () =>
    functional(
      [
        called('InputLayer', 'in', { batch_shape: [null, 3] }),
        called('Dense', 'dense', { units: 2 }, tensorOf('in')),
        called('Dense', 'other', { units: 2 }, tensorOf('in')),
      ],
      ['in', 0, 0],
      ['dense', 0, 0],
    ),
  );
  for (const shape of [7, null, [1e9, 1e9, -1], [-1, -1]])
    json(`a shape of ${text(shape)}`, () =>
      sequential(input(), layer('Reshape', { name: 'r', target_shape: shape })),
    );
  json('a wrapper of nothing', () => sequential(input([null, 3, 3]), layer('Bidirectional', { name: 'b' })));
  json('a million axes', () =>
    sequential(input(), layer('PReLU', { name: 's', shared_axes: Array(1e6).fill(1) })),
  );

  const artifacts = (name: string, more: Config) =>
    refused(`artifacts: ${name}`, () => ({ modelTopology: good, ...more }));
  const specs = (more: Config = {}) => [
    { name: 'dense/kernel', shape: [3, 2], dtype: 'float32', ...more },
    { name: 'dense/bias', shape: [2], dtype: 'float32' },
  ];
  add('artifacts: good', true, () => ({
    modelTopology: good,
    weightSpecs: specs(),
    weightData: new ArrayBuffer(32),
  }));
  artifacts('weightData without weightSpecs', { weightData: new ArrayBuffer(32) });
  artifacts('weightSpecs without weightData', { weightSpecs: specs() });
  artifacts('a manifest of files that lie nowhere', {
    weightsManifest: [{ paths: ['a.bin'], weights: specs() }],
  });
  artifacts('a manifest of nothing', { weightsManifest: [] });
  artifacts('a manifest that is null', { weightsManifest: null });
  artifacts('weights of another size', { weightSpecs: specs(), weightData: new ArrayBuffer(28) });
  for (const more of [
    { dtype: 'constructor' },
    { dtype: 'string' },
    { shape: [-1, -6] },
    { shape: [0.5, 12] },
    { shape: null },
    { shape: [1e9] },
    { shape: Array(1e5).fill(1) },
    { name: 7 },
    { name: '__proto__' },
    { quantization: { dtype: 'uint8' } },
    { quantization: { dtype: 'uint8', scale: Number.NaN, min: 0 } },
  ])
    artifacts(`a spec with ${text(more).slice(0, 60)}`, {
      weightSpecs: specs(more),
      weightData: new ArrayBuffer(32),
    });
  artifacts('weightData that is a text', { weightSpecs: specs(), weightData: 'x'.repeat(32) });
  artifacts('150 000 weights', {
    weightSpecs: Array(150_000).fill(specs()[0]),
    weightData: new ArrayBuffer(32),
  });
  refused('artifacts: a graph model', () => ({
    format: 'graph-model',
    modelTopology: { node: Array(600).fill({ op: 'Const' }) },
  }));
  refused('artifacts: a topology that holds itself', () => {
    const own: Config = { ...good };
    own.self = own;
    return own;
  });
  const ofTfjs = (units: unknown) => ({
    class_name: 'Sequential',
    config: {
      name: 'm',
      layers: [{ class_name: 'Dense', config: { name: 'dense', units, batch_input_shape: [null, 3] } }],
    },
  });
  for (const units of [3e8, -1, 'x'])
    refused(`tfjs: units: ${units}`, () => ({
      modelTopology: ofTfjs(units),
      weightSpecs: specs(),
      weightData: new ArrayBuffer(32),
    }));
  add('tfjs: good', true, () => ({
    modelTopology: ofTfjs(2),
    weightSpecs: specs(),
    weightData: new ArrayBuffer(32),
  }));
  refused('tfjs: a class called constructor', () => ({ class_name: 'constructor', config: {} }));
  return cases;
}

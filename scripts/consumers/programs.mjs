// What somebody does who has installed one package alone. Each program prints `yes` where all is as it should be.
const say = (condition) => `console.log(${condition} ? 'yes' : 'no');\n`;
const network = `{
  features: [[0], [1]],
  labels: [0, 1],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 2, activation: { name: 'leaky_relu', params: { negativeSlope: 0.1 } } }],
  seeds: 2,
  batchSize: 2,
}`;

/** By the name without the scope. */
export const programs = {
  core: `import { leakyRelu } from '@rectify/core';
import * as js from '@rectify/core/js';
import { plot } from '@rectify/core/plot';
import { createPool } from '@rectify/core/wasm';
const x = Float32Array.from({ length: 64 }, (_, i) => i - 32);
const [a, b] = [leakyRelu(), js.leakyRelu()].map((f) => f.forward(x));
${say(`leakyRelu({ negativeSlope: 0.05 })(-2) === -0.1 && a.every((value, i) => value === b[i]) && plot([leakyRelu()]).startsWith('<svg') && createPool(4096).free === 65536`)}`,

  dataset: `import { audit, openTable, sampleDiabetes, summarize } from '@rectify/dataset';
const table = sampleDiabetes();
const own = await openTable('age;dose;kind\\n31;1,5;a\\n48;0,5;b\\n52;2,0;a\\n');
${say(`summarize(table).rows === 1009 && audit(table).findings.length > 3 && own.table.row(0).dose === 1.5`)}`,

  replicas: `import { train } from '@rectify/replicas';
import { trainInWorkers } from '@rectify/replicas/workers';
const network = ${network};
const [here, there] = [await train(network), await trainInWorkers(network)];
${say('here.length === 2 && there.length === 2')}process.exit();
`,

  experiment: `import { compare, parseArms } from '@rectify/experiment';
${say(`parseArms('relu,tanh').length === 2 && typeof compare === 'function'`)}`,

  'tfjs-layer': `import '@tensorflow/tfjs-backend-cpu';
import { layers, loadKerasModel } from '@rectify/tfjs-layer';
import { leakyReLU } from '@rectify/tfjs-layer/layers';
import { tensor2d } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
const model = sequential({ layers: [layers.leakyReLU({ negativeSlope: 0.5, inputShape: [2] }), leakyReLU()] });
const refused = await loadKerasModel('absent.keras').catch(({ message }) => message);
${say(`model.predict(tensor2d([[-2, 3]])).dataSync()[1] === 3 && refused.includes('absent.keras could not be read')`)}process.exit();
`,

  demo: `import { findArticleSeed, reportPage } from '@rectify/demo';
${say(`typeof findArticleSeed === 'function' && typeof reportPage === 'function'`)}process.exit();
`,
};

/** What is installed beside a package: the peers that it asks for, and a backend. */
export const beside = (name) =>
  name === 'tfjs-layer'
    ? ['core', 'layers', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}@^4.22.0`)
    : [];

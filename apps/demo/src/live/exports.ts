// A trained network for other places: as tfjs's files, as Keras's topology, as code.
import { toKerasConfig } from '@rectify/tfjs-layer';
import { filesOf } from '../model/artifacts.js';
import type { LiveNetwork } from './live-network.js';
import { type LivePlan, sizesOf } from './plan.js';

/** What a saved file is called, and what it holds. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export type ExportKind = 'tfjs' | 'keras' | 'code';

export async function exported(network: LiveNetwork, kind: ExportKind): Promise<ExportedFile[]> {
  const { model, plan } = network;
  if (kind === 'keras') return [jsonFile('keras.json', toKerasConfig(model))];
  if (kind === 'code') return [{ name: 'network.ts', type: 'text/plain', content: codeOf(network) }];
  model.setUserDefinedMetadata({
    ...{ label: plan.label, classes: plan.classes, inputs: plan.inputs, preparation: plan.preparation },
    ...(plan.task === 'regression' && { answer: 'standardised', scale: plan.scale }),
  });
  const { weights, json } = await filesOf(model);
  return [
    jsonFile('model.json', json),
    { name: 'weights.bin', type: 'application/octet-stream', content: Uint8Array.from(weights) },
  ];
}

const jsonFile = (name: string, json: unknown): ExportedFile => ({
  ...{ name, type: 'application/json' },
  content: `${JSON.stringify(json, null, 2)}\n`,
});

/** The network as one function of a row's inputs, with its weights in it. */
export function codeOf({ model, plan }: LiveNetwork): string {
  const sizes = sizesOf(plan);
  const arrays = model.getWeights().map((one) => Array.from(one.dataSync()));
  const layers = sizes.slice(1).map((units, l) => {
    const kernel = Array.from({ length: sizes[l] }, (_, i) =>
      arrays[2 * l].slice(i * units, (i + 1) * units),
    );
    return `  {\n    kernel: [\n${kernel.map((row) => `      [${row.join(', ')}],`).join('\n')}\n    ],\n    bias: [${arrays[2 * l + 1].join(', ')}],\n  },`;
  });
  return `import { activation } from '@rectify/core';

/** ${answerOf(plan)}, of the inputs ${plan.inputs.join(', ')}${prepared(plan)}. */
export function network(inputs: readonly number[]): number[] {
  let x = [...inputs];
  layers.forEach(({ kernel, bias }, l) => {
    const sums = bias.map((b, unit) => x.reduce((sum, value, i) => sum + value * kernel[i][unit], b));
    x = l < layers.length - 1 ? sums.map((z) => f(z)) : ${plan.task === 'classification' ? 'softmax(sums)' : `sums.map((z) => z * ${plan.scale.deviation} + ${plan.scale.mean})`};
  });
  return x;
}

const f = activation(${JSON.stringify(plan.activation)});

const layers = [
${layers.join('\n')}
];
${plan.task === 'classification' ? softmax : ''}`;
}

const softmax = `
function softmax(sums: readonly number[]): number[] {
  const most = Math.max(...sums);
  const powers = sums.map((z) => Math.exp(z - most));
  const all = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / all);
}
`;

const answerOf = ({ task, label, classes }: LivePlan) =>
  task === 'classification'
    ? `The probability of each ${label}: ${classes.join(', ')}`
    : `The ${label}, in its own unit`;

/** How a row's values become inputs, where that can be said in a line. */
function prepared({ preparation: { scaler, pca, numbers }, options: { prepare } }: LivePlan): string {
  if (pca) return ', which are principal components of the standardised columns';
  if (!scaler) return ', as they are';
  const [centre, spread] =
    scaler.kind === 'robust'
      ? [scaler.median, scaler.iqr]
      : scaler.kind === 'standard'
        ? [scaler.mean, scaler.sd]
        : [scaler.min, scaler.range];
  const how = numbers.map((name, i) => `(${name} − ${centre[i]}) / ${spread[i]}`);
  return `, ${prepare}: ${how.join('; ')}`;
}

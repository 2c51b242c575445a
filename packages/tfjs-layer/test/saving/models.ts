// The model that the tests of saving save, in Node and in a browser.
import * as tfl from '@tensorflow/tfjs-layers';
import { activation, activations, layers } from '../../src/index.js';

/** The shapes of the model's inputs, without the batch. */
export const INPUTS = [[3], [4, 4, 2], [3, 2]];

// tfjs's default, orthogonal, needs chained operations, which tfjs-core alone does not have.
const modest = { recurrentInitializer: 'glorotNormal' } as const;

/** A model with an activation of ours, with parameters, in every layer that takes one, with nested and shared models. */
export function everything(): tfl.LayersModel {
  const inputs = INPUTS.map((shape, i) => tfl.input({ shape, name: `in${i}` }));
  const [flat, image, sequence] = inputs as [tfl.SymbolicTensor, tfl.SymbolicTensor, tfl.SymbolicTensor];
  const apply = (layer: tfl.layers.Layer, x: tfl.SymbolicTensor) => layer.apply(x) as tfl.SymbolicTensor;
  const leaky = () => activation('leaky_relu', { negativeSlope: 0.05 });

  const shared = leaky(); // one activation in two layers
  const inner = tfl.sequential({
    name: 'inner',
    layers: [
      tfl.layers.dense({ units: 3, inputShape: [3], activation: shared }),
      layers.leakyReLU({ negativeSlope: 0.06 }),
      layers.rrelu({ lower: 0.1, upper: 0.2, seed: 7 }),
    ],
  });
  const middle = tfl.sequential({
    name: 'middle',
    layers: [inner, tfl.layers.dense({ units: 3, activation: shared }), layers.elu({ alpha: 0.5 })],
  });
  const twice = apply(middle, apply(middle, flat));

  const conv = apply(
    tfl.layers.conv2d({ filters: 2, kernelSize: 2, activation: activations.celu({ alpha: 2 }) }),
    image,
  );
  const separate = apply(
    tfl.layers.depthwiseConv2d({ kernelSize: 2, activation: activations.silu({ beta: 1.5 }) }),
    apply(
      layers.prelu({ sharedAxes: [1, 2], alphaInitializer: tfl.initializers.constant({ value: 0.3 }) }),
      conv,
    ),
  );
  const pixels = apply(
    tfl.layers.flatten(),
    apply(layers.reLU({ negativeSlope: 0.1, maxValue: 4 }), separate),
  );

  const units = { units: 2, activation: leaky(), ...modest };
  const gates = { ...units, recurrentActivation: activations.hardSigmoid({ slope: 0.2, offset: 0.4 }) };
  const conv1d = apply(
    tfl.layers.conv1d({
      filters: 2,
      kernelSize: 1,
      activation: activations.hardTanh({ minValue: -2, maxValue: 3 }),
    }),
    sequence,
  );
  const steps = apply(
    tfl.layers.timeDistributed({
      layer: tfl.layers.dense({ units: 2, activation: activations.elu({ alpha: 0.4 }) }),
    }),
    conv1d,
  );
  const both = apply(
    tfl.layers.bidirectional({
      layer: tfl.layers.gru({ ...gates, returnSequences: true }) as tfl.RNN,
      mergeMode: 'concat',
    }),
    steps,
  );
  const states = [
    tfl.layers.simpleRNN(units),
    tfl.layers.lstm(gates),
    tfl.layers.gru(gates),
    tfl.layers.rnn({ cell: [tfl.layers.lstmCell(gates), tfl.layers.gruCell(gates)] as never }),
  ].map((layer) => apply(layer, both));

  const joined = tfl.layers.concatenate().apply([twice, pixels, ...states]) as tfl.SymbolicTensor;
  const last = tfl.layers.dense({ units: 2, activation: activations.squareplus({ b: 2 }) });
  const outputs = apply(
    layers.softmax(),
    apply(tfl.layers.activation({ activation: leaky() }), apply(last, joined)),
  );
  return tfl.model({ inputs, outputs });
}

/** Every activation of ours in a model with its parameters as saved, in the order of its layers. */
export function parametersOf(model: tfl.LayersModel): unknown[] {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('params' in value) found.push(value);
    else for (const part of Object.values(value)) visit(part);
  };
  visit(model.toJSON(undefined, false));
  return found;
}

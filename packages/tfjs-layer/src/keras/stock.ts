import { dispose, engine, type io, type Optimizer, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { type LayersModel, models } from '@tensorflow/tfjs-layers';
import { type Allowance, declaring, fill, release } from './allocation.js';
import { disposeWhole } from './disposal.js';
import { type JsonObject, KerasFormatError, show } from './format.js';
import type { Settings } from './options.js';
import type { Artifacts } from './sources/artifacts.js';
import { ofArtifacts, type StoredWeight } from './stored.js';
import { asFormatError, understood } from './understood.js';

interface StockModel {
  topology: JsonObject;
  stored: StoredWeight[] | undefined;
  artifacts: Artifacts | undefined;
  allowance: Allowance;
  settings: Settings;
}

/** What tfjs keeps from its users' types. */
type Inner = LayersModel & {
  loadTrainingConfig(config: io.TrainingConfig): void;
  isOptimizerOwned: boolean;
  readonly optimizer?: Optimizer & { setWeights(weights: { name: string; tensor: Tensor }[]): Promise<void> };
};

/**
 * A model of tfjs itself or of Keras 2, read by tfjs and as `loadLayersModel` does, but for this: what the topology declares is compared with what
 * there is before it is made, and nothing is left when it cannot be read.
 */
export async function loadStock({
  topology,
  stored,
  artifacts,
  allowance,
  settings,
}: StockModel): Promise<LayersModel> {
  // tfjs builds the model before it first waits.
  const { result, declared } = understood(() =>
    declaring(allowance, () => models.modelFromJSON({ ...topology })),
  );
  const { trainingConfig, userDefinedMetadata } = artifacts?.rest ?? {};
  const named: Record<string, Tensor> = Object.create(null);
  const optimizer: { name: string; tensor: Tensor }[] = [];
  let model: Inner | undefined;
  try {
    model = (await result) as Inner;
    settings.signal?.throwIfAborted();
    if (trainingConfig != null) compile(model, trainingConfig);
    if (userDefinedMetadata != null) model.setUserDefinedMetadata(userDefinedMetadata);
    if (stored) {
      if (allowance.isDeferred)
        for (const variable of declared.variables) fill(variable, zeros(variable.shape as number[]));
      for (const weight of stored) {
        const name = weight.name.replace(/:\d+$/, '');
        if (named[name]) throw new KerasFormatError(`the file has the weight ${show(name)} twice`);
        named[name] = weight.read();
      }
      model.loadWeights(named);
      settings.onProgress({ weights: stored.length, totalWeights: stored.length });
    }
    if (artifacts?.weights && model.optimizer) {
      const states = ofArtifacts(artifacts.weights, ({ group }) => group === 'optimizer');
      for (const { name, read } of states) optimizer.push({ name, tensor: read() });
      if (optimizer.length > 0) await model.optimizer.setWeights(optimizer);
    }
    disposeWhole(model);
    return model;
  } catch (error) {
    release(declared);
    model?.optimizer?.dispose();
    throw asFormatError(error);
  } finally {
    dispose(Object.values(named));
    dispose(optimizer.map(({ tensor }) => tensor));
  }
}

/** Makes the model's optimizer, which tfjs frees only when it is whole: what it had made before it failed is freed here. */
function compile(model: Inner, config: io.TrainingConfig): void {
  const before = new Set(Object.values(engine().registeredVariables));
  try {
    model.loadTrainingConfig(config);
    // So that it is freed with the model: nobody else has it.
    model.isOptimizerOwned = true;
  } catch (error) {
    dispose(Object.values(engine().registeredVariables).filter((variable) => !before.has(variable)));
    throw error;
  }
}

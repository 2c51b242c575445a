import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSchema, type TableSchema } from '@rectify/dataset';
import { register } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { OutputError, reason } from '../command/output.js';
import { writeFilesTogether } from '../report/write-files.js';
import { filesOf } from './artifacts.js';
import { cardText, type ModelCard } from './card.js';
import type { PreparationJson } from './preparation.js';
import type { TrainedModel } from './train-model.js';

/** The files of a saved model: the card is for people, the others are a tfjs layers model. */
export const modelFiles = ['weights.bin', 'card.md', 'model.json'] as const;

/** What a model of ours carries beside its weights. */
export interface SavedModel {
  readonly format: 'rectify-model/1';
  readonly schema: TableSchema;
  readonly preparation: PreparationJson;
  readonly card: ModelCard;
}

/** A saved model that is none, or none of `rectify train`'s. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/**
 * Saves a model as tfjs does, with all that is needed to predict from a file as its metadata; all files or none.
 *
 * @throws OutputError (as a rejection) when the disk does not take them
 */
export async function saveModel(
  folder: string,
  { model, preparation, card }: TrainedModel,
  schema: TableSchema,
): Promise<string[]> {
  const saved: SavedModel = { format: 'rectify-model/1', schema, preparation, card };
  model.setUserDefinedMetadata(saved);
  const { weights, json } = await filesOf(model);
  try {
    return await writeFilesTogether(folder, {
      'weights.bin': weights,
      'card.md': cardText(card),
      'model.json': `${JSON.stringify(json, null, 2)}\n`,
    });
  } catch (cause) {
    throw new OutputError(`--model ${folder}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

const texts = v.array(v.string());
/** As much of it as a reader must be able to rely on; the parts check themselves. */
const savedSchema = v.looseObject({
  format: v.literal('rectify-model/1'),
  schema: v.looseObject({ columns: v.array(v.looseObject({ name: v.string(), role: v.string() })) }),
  preparation: v.looseObject({ numbers: texts, categories: texts }),
  card: v.looseObject({
    task: v.picklist(['classification', 'regression']),
    label: v.string(),
    classes: texts,
    features: texts,
    table: v.looseObject({ hash: v.string() }),
  }),
});

/**
 * @param path the folder of a saved model, or its model.json
 * @throws ModelError (as a rejection) that names the file
 */
export async function loadModel(path: string): Promise<{ model: tfl.LayersModel; saved: SavedModel }> {
  const folder = path.endsWith('.json') ? join(path, '..') : path;
  const file = path.endsWith('.json') ? path : join(folder, 'model.json');
  const json = parsed(await bytesOf(file), file);
  const result = v.safeParse(savedSchema, json.userDefinedMetadata);
  if (!result.success)
    throw new ModelError(`${file}: this is no model of rectify train: it does not carry its table's schema`);
  const saved = json.userDefinedMetadata as SavedModel;
  const weightData = await bytesOf(join(folder, 'weights.bin'));
  try {
    checkSchema(saved.schema);
    register();
    const weightSpecs = json.weightsManifest?.flatMap(({ weights }) => weights) ?? [];
    const model = await tfl.loadLayersModel(
      tf.io.fromMemory({
        ...{ modelTopology: json.modelTopology as object, weightSpecs },
        weightData: Uint8Array.from(weightData).buffer,
      }),
    );
    return { model, saved };
  } catch (cause) {
    throw new ModelError(`${file}: ${(cause as Error).message}`, { cause });
  }
}

interface ModelJson {
  readonly modelTopology?: unknown;
  readonly weightsManifest?: readonly { readonly weights: tf.io.WeightsManifestEntry[] }[];
  readonly userDefinedMetadata?: unknown;
}

function parsed(bytes: Buffer, file: string): ModelJson {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new ModelError(`${file}: this is no JSON: ${(cause as Error).message}`, { cause });
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).isDirectory()) throw new Error('this is a folder');
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : reason(cause as Error);
    throw new ModelError(`${path}: ${why}`, { cause });
  }
}

import * as tfl from '@tensorflow/tfjs-layers';
import { tfjsName } from '../fields.js';
import { isObject, type JsonObject, KerasFormatError, type KerasObject, layerName } from '../format.js';
import { naming } from '../kind.js';
import {
  assertShapes,
  assertTakes,
  type Context,
  type Entry,
  layerList,
  type ReadModel,
  refuseUnknown,
} from './context.js';
import { type Input, inputShape, readInput } from './inputs.js';

/** A Sequential, or a Pipeline of preprocessing, which is one. */
export function readSequential(value: KerasObject, context: Context): Omit<ReadModel, 'heedsMasks'> {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, build_input_shape, ...rest } = value.config;
  // A Pipeline of preprocessing has it beside its config.
  const shape =
    build_input_shape ??
    (isObject(value.build_config ?? null) ? (value.build_config as JsonObject).input_shape : null);
  refuseUnknown(rest, where);
  const configs = layerList(value);
  const first = configs[0]?.class_name === 'InputLayer' ? configs[0] : undefined;
  const made: Input | undefined = first
    ? readInput(first, configs.slice(1, 2), context)
    : Array.isArray(shape)
      ? {
          input: tfl.input({
            batchShape: inputShape(shape, `${where}.build_input_shape`, context.reading) as number[],
          }),
        }
      : undefined;
  if (!made)
    throw new KerasFormatError(
      `${where} was never built: it has neither an InputLayer nor build_input_shape`,
    );
  const model = tfl.sequential({ name: tfjsName(String(name)) });
  const { input, numbers } = made;
  model.add(input.sourceLayer);
  if (numbers) model.add(numbers.layer);
  const read: Entry[] = first ? [{ config: first, layer: input.sourceLayer }] : [];
  for (const config of configs.slice(first ? 1 : 0)) {
    const entry = context.readAny(config);
    const inputs = model.outputs;
    assertTakes(entry, inputs, context);
    naming(layerName(config), () => model.add(entry.layer));
    assertShapes(config, model.outputs);
    context.masks.call(config, entry, inputs, model.outputs);
    context.wholes.call(config, entry.inner, inputs, model.outputs);
    read.push(entry);
  }
  // tfjs builds it when it is called first, and only then sees two layers of one name.
  naming(where, () => model.build());
  if (trainable === false) model.trainable = false;
  return { model, name: String(name), layers: read };
}

import { type Activation, activation as coreActivation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TensorActivation } from '../activations/activations.js';
import { assertPositiveInteger } from '../arguments/assert.js';
import { assertModel, assertOptions } from '../arguments/options.js';
import type { Layer } from '../tfjs/classes.js';

/** What the units of one layer do on a whole set of inputs. A unit is an index of the output's last axis. */
export interface UnitReport {
  /** Name of the layer. */
  layer: string;
  /** The activation, by core's name. */
  activation: string;
  units: number;
  /** Values seen of each unit: samples, times positions in an image or sequence. */
  samples: number;
  /** For each unit, the share of values with a positive pre-activation. */
  positive: Float64Array;
  /** Units with no positive pre-activation on the whole set. */
  dead: number[];
  /** Units that were at a bound of the activation on the whole set (within 1 % of its range), and are not dead. */
  saturated: number[];
  /** NaN pre-activations, all units together. */
  nan: number;
  /** Infinite pre-activations, all units together. */
  infinite: number;
  /** What is wrong and what to try, or null. */
  warning: string | null;
}

/** How the inputs go through the model. */
export interface InspectUnitsOptions {
  /** Rows that go through the model at a time; 1024 by default. */
  batchSize?: number;
}

/**
 * Looks at what every unit behind an elementwise activation does on a set of inputs: in a layer of its own (`leakyReLU`, `reLU`,
 * `activation`, …) or inside another (`dense({ activation })`), also in models within the model and in `timeDistributed`. What a
 * recurrent layer computes is not looked at: its units have several activations at every step.
 *
 * @param model Any model of tfjs; it is only run, and left as it was.
 * @param data The inputs, `[samples, …]`; several for a model with several. They are not disposed.
 * @returns One report per layer and activation, in the order of the model's layers; a layer that is used several times has one of
 * all its uses. Linear layers and softmax have none.
 * @throws TypeError when `data` is no tensor or no array of tensors.
 * @throws RangeError when `data` holds not as many tensors as the model has inputs, these differ in their samples or have none, or
 * `batchSize` is no whole number of at least 1.
 */
export async function inspectUnits(
  model: LayersModel,
  data: Tensor | Tensor[],
  options: InspectUnitsOptions = {},
): Promise<UnitReport[]> {
  assertModel(model);
  assertOptions('inspectUnits', options, ['batchSize']);
  const { batchSize = 1024 } = options;
  assertPositiveInteger('batchSize', batchSize);
  const inputs = [data].flat();
  const rows = assertSamples(inputs, model.inputs.length);
  const sites = findSites(model);
  const restore = sites.map(watch);
  try {
    for (let start = 0; start < rows; start += batchSize) {
      const size = Math.min(batchSize, rows - start);
      tfc.tidy(() => {
        const batch = inputs.map((x) =>
          tfc.slice(x, [start, ...Array(x.rank - 1).fill(0)], [size, ...Array(x.rank - 1).fill(-1)]),
        );
        model.predict(batch.length === 1 ? batch[0] : batch, { batchSize: size });
      });
      for (const site of sites) await collect(site);
    }
  } finally {
    for (const undo of restore) undo();
    for (const site of sites) tfc.dispose(site.kept);
  }
  return sites.filter(({ samples }) => samples > 0).map(report);
}

/** How many samples the inputs hold, or an error that says what is wrong with them. */
function assertSamples(inputs: Tensor[], expected: number): number {
  for (const x of inputs)
    if (!(x instanceof tfc.Tensor))
      throw new TypeError(`data must be a tensor or an array of tensors, got ${typeof x}`);
  if (inputs.length !== expected)
    throw new RangeError(
      `data must hold a tensor for each of the model's ${expected} inputs, got ${inputs.length}`,
    );
  const [rows = 0, ...others] = inputs.map(({ shape }) => shape[0] ?? 0);
  const other = others.find((count) => count !== rows);
  if (other !== undefined)
    throw new RangeError(`data must have as many samples for each input, got ${rows} and ${other}`);
  if (rows === 0) throw new RangeError('data must have at least 1 sample');
  return rows;
}

/** A layer with an elementwise activation, and what was counted there. */
interface Site {
  layer: WatchedLayer;
  /** The function, for its name and its bounds. */
  f: Activation;
  /** The activation is inside a layer that computes something else first. */
  inside: boolean;
  /** Counts of the batches since the last collect: `[4, units]`. */
  kept: Tensor[];
  /** Per unit: positive, at a bound, NaN, infinite. */
  counts: Float64Array[];
  samples: number;
}

interface WatchedLayer {
  name: string;
  call: Layer['call'];
  activation?: { apply(x: Tensor): Tensor; getClassName(): unknown };
  function?: Activation;
  alpha?: number;
  maxValue?: number | null;
}

const isModel = (layer: object): layer is LayersModel => 'layers' in layer;

function findSites(model: LayersModel): Site[] {
  const seen = new Set<object>();
  const visit = (layers: Layer[]): Site[] =>
    layers.flatMap((layer) => {
      if (seen.has(layer)) return [];
      seen.add(layer);
      if (isModel(layer)) return visit(layer.layers);
      if (layer.getClassName() === 'TimeDistributed')
        return visit([(layer as unknown as { layer: Layer }).layer]);
      const watched = layer as unknown as WatchedLayer;
      const f = functionOf(watched, layer.getClassName());
      if (!f || f.name === 'linear') return [];
      const inside = watched.activation !== undefined && layer.getClassName() !== 'Activation';
      return [{ layer: watched, f, inside, kept: [], counts: [], samples: 0 }];
    });
  return visit(model.layers);
}

/** The elementwise function of a layer, ours or stock; undefined where there is none. */
function functionOf(layer: WatchedLayer, className: string): Activation | undefined {
  if (layer.function) return layer.function;
  if (layer.activation instanceof TensorActivation) return layer.activation.function;
  const { alpha, maxValue } = layer;
  if (className === 'LeakyReLU') return coreActivation('leaky_relu', { negativeSlope: alpha });
  if (className === 'ReLU') return coreActivation('relu', { maxValue: maxValue ?? null });
  if (/^(Rectify)?PReLU$|^RectifyRReLU$/.test(className)) return coreActivation('leaky_relu');
  const name = layer.activation?.getClassName() ?? className;
  try {
    return coreActivation(String(name), {}, { framework: 'tfjs' });
  } catch {
    return undefined; // a layer without an activation, or one over an axis
  }
}

/** Replaces a layer's call by one that counts as well, and returns what puts it back. */
function watch(site: Site): () => void {
  const { layer, inside } = site;
  const own = Object.getOwnPropertyDescriptor(layer, 'call');
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => {
    if (!inside) {
      const output = call(inputs, kwargs);
      count(site, [inputs].flat()[0], [output].flat()[0]);
      return output;
    }
    // The pre-activation is what the layer hands to its activation.
    const activation = layer.activation as NonNullable<WatchedLayer['activation']>;
    layer.activation = {
      getClassName: () => 'watched', // else tfjs fuses the activation into a kernel, by its name
      apply: (x) => {
        const y = activation.apply(x);
        count(site, x, y);
        return y;
      },
    };
    try {
      return call(inputs, kwargs);
    } finally {
      layer.activation = activation;
    }
  };
  return () => {
    if (own) Object.defineProperty(layer, 'call', own);
    else Reflect.deleteProperty(layer, 'call');
  };
}

/** Backends that hold or hand out a tensor's values at once; on `cpu`, one loop costs a small part of what eleven kernels do. */
const READS_AT_ONCE = ['cpu', 'wasm', 'tensorflow'];

function count(site: Site, before: Tensor, after: Tensor): void {
  const units = before.shape.at(-1) ?? 1;
  if (READS_AT_ONCE.includes(tfc.getBackend())) countValues(site, units, before.dataSync(), after.dataSync());
  else countTensors(site, units, before, after);
  site.samples += before.size / units;
}

function countValues(
  { counts, f }: Site,
  units: number,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): void {
  for (let row = 0; row < 4; row++) counts[row] ??= new Float64Array(units);
  const [positive, bounded, nan, infinite] = counts as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [low, high] = f.range;
  const near = (high - low) / 100; // infinite without bounds: then nothing is near one
  for (let i = 0; i < before.length; i++) {
    const [u, x, y] = [i % units, before[i], after[i]];
    if (x > 0) positive[u]++;
    if (near < Infinity && (y <= low + near || y >= high - near)) bounded[u]++;
    if (Number.isNaN(x)) nan[u]++;
    else if (Math.abs(x) === Infinity) infinite[u]++;
  }
}

function countTensors(site: Site, units: number, before: Tensor, after: Tensor): void {
  const [low, high] = site.f.range;
  const counts = tfc.tidy(() => {
    const [x, y] = [before, after].map((t) => tfc.reshape(t, [-1, units])) as [Tensor, Tensor];
    const near = (high - low) / 100;
    const bounded = Number.isFinite(near)
      ? tfc.logicalOr(tfc.lessEqual(y, low + near), tfc.greaterEqual(y, high - near))
      : tfc.zerosLike(tfc.cast(x, 'bool'));
    const conditions = [tfc.greater(x, 0), bounded, tfc.isNaN(x), tfc.isInf(x)];
    return tfc.stack(conditions.map((condition) => tfc.sum(tfc.cast(condition, 'float32'), 0)));
  });
  site.kept.push(tfc.keep(counts));
}

async function collect(site: Site): Promise<void> {
  for (const counts of site.kept) {
    const values = await counts.data();
    const units = counts.shape[1] as number;
    for (let row = 0; row < 4; row++) {
      site.counts[row] ??= new Float64Array(units);
      const total = site.counts[row];
      for (let u = 0; u < units; u++) total[u] = total[u] + values[row * units + u];
    }
  }
  tfc.dispose(site.kept);
  site.kept = [];
}

function report({ layer, f, counts, samples }: Site): UnitReport {
  const [positive, bounded, nan, infinite] = counts as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const where = (test: (u: number) => boolean) => Array.from(positive.keys()).filter(test);
  const total = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
  const dead = where((u) => positive[u] === 0);
  const found = {
    layer: layer.name,
    activation: f.name,
    units: positive.length,
    samples,
    positive: positive.map((count) => count / samples),
    dead,
    saturated: where((u) => bounded[u] === samples && positive[u] !== 0),
    nan: total(nan),
    infinite: total(infinite),
  };
  return { ...found, warning: warning(found) };
}

/** What is wrong, worst first, and what to try. */
function warning({
  layer,
  activation,
  units,
  dead,
  saturated,
  nan,
  infinite,
}: Omit<UnitReport, 'warning'>): string | null {
  if (nan + infinite > 0)
    return `${layer}: ${nan} NaN and ${infinite} infinite pre-activations. Try a smaller learning rate, clipped gradients, and look for NaN in the data.`;
  if (dead.length > 0 && activation.includes('relu'))
    return `${layer}: ${dead.length} of ${units} units are never active. Try Leaky ReLU (layers.leakyReLU), He initialisation, a smaller learning rate, or standardised inputs.`;
  if (saturated.length > 0)
    return `${layer}: ${saturated.length} of ${units} units are saturated on every input. Try standardised inputs, smaller initial weights, or a smaller learning rate.`;
  return null;
}

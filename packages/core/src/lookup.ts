import type { Activation, ActivationJson } from './_activation.js';
import { show } from './_arguments.js';
import type { VectorActivation } from './_vector.js';
import { celu } from './celu.js';
import { elu } from './elu.js';
import { exponential } from './exponential.js';
import {
  type CanonicalName,
  type ForeignName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
} from './frameworks.js';
import { gelu } from './gelu.js';
import { glu, swiglu } from './glu.js';
import { hardShrink } from './hard_shrink.js';
import { hardSigmoid } from './hard_sigmoid.js';
import { hardSilu } from './hard_silu.js';
import { hardTanh } from './hard_tanh.js';
import { leakyRelu } from './leaky_relu.js';
import { linear } from './linear.js';
import { logSigmoid } from './log_sigmoid.js';
import { mish } from './mish.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { relu6 } from './relu6.js';
import { rrelu } from './rrelu.js';
import { selu } from './selu.js';
import { sigmoid } from './sigmoid.js';
import { silu } from './silu.js';
import { softShrink } from './soft_shrink.js';
import { hardmax, logSoftmax, softmax, softmin } from './softmax.js';
import { softplus } from './softplus.js';
import { softsign } from './softsign.js';
import { sparsePlus } from './sparse_plus.js';
import { sparseSigmoid } from './sparse_sigmoid.js';
import { sparsemax } from './sparsemax.js';
import { squareplus } from './squareplus.js';
import { step } from './step.js';
import { tanh } from './tanh.js';
import { tanhShrink } from './tanh_shrink.js';
import { threshold } from './threshold.js';
import { thresholdedRelu } from './thresholded_relu.js';

const vectorFactories = {
  softmax,
  log_softmax: logSoftmax,
  softmin,
  hardmax,
  sparsemax,
  glu,
  swiglu,
};

const factories = {
  linear,
  relu,
  leaky_relu: leakyRelu,
  prelu,
  rrelu,
  relu6,
  threshold,
  thresholded_relu: thresholdedRelu,
  elu,
  selu,
  celu,
  gelu,
  silu,
  hard_silu: hardSilu,
  mish,
  softplus,
  softsign,
  squareplus,
  sparse_plus: sparsePlus,
  sigmoid,
  log_sigmoid: logSigmoid,
  hard_sigmoid: hardSigmoid,
  sparse_sigmoid: sparseSigmoid,
  tanh,
  hard_tanh: hardTanh,
  tanh_shrink: tanhShrink,
  soft_shrink: softShrink,
  hard_shrink: hardShrink,
  exponential,
  step,
} satisfies Record<Exclude<CanonicalName, keyof typeof vectorFactories>, unknown>;

export type ElementwiseName = keyof typeof factories;
export type VectorName = keyof typeof vectorFactories;

/** The canonical names that `activation` knows. */
export const activationNames: readonly ElementwiseName[] = Object.freeze(
  Object.keys(factories) as ElementwiseName[],
);

/** The canonical names that `vectorActivation` knows. */
export const vectorActivationNames: readonly VectorName[] = Object.freeze(
  Object.keys(vectorFactories) as VectorName[],
);

export interface LookupOptions {
  /** Whose names and defaults count: 'keras' (3), 'pytorch', 'onnx' or 'tfjs'. Left out: any name, our defaults. */
  framework?: Framework;
}

// LeakyReLU, leaky_relu, leakyRelu and leaky-relu are one name.
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

interface Found {
  name: CanonicalName;
  known: readonly ForeignName[];
}

/** The function of that name, and under which framework names it was found; the exact spelling goes first. */
function find(name: string, framework: Framework | undefined): Found | undefined {
  const all = Object.keys(frameworks) as CanonicalName[];
  const canonical = plain(name);
  let found: Found | undefined;
  for (const ours of all) {
    const known = (framework ? [framework] : frameworkNames).flatMap((one) => namesIn(ours, one));
    const exact = known.filter((one) => one.name === name);
    const similar = known.filter((one) => plain(one.name) === canonical);
    if (exact.length > 0) return { name: ours, known: framework ? exact : [...exact, ...similar] };
    if (!found && (similar.length > 0 || plain(ours) === canonical)) found = { name: ours, known: similar };
  }
  // The function is there under our name, so the framework's usual one tells parameters and defaults.
  if (found && found.known.length === 0)
    return {
      ...found,
      known: framework
        ? namesIn(found.name, framework).slice(0, 1)
        : frameworkNames.flatMap((one) => namesIn((found as Found).name, one).slice(0, 1)),
    };
  return found;
}

function checkFramework(framework: unknown): asserts framework is Framework | undefined {
  if (framework !== undefined && !frameworkNames.includes(framework as Framework))
    throw new RangeError(`framework must be one of ${frameworkNames.join(', ')}, got ${show(framework)}`);
}

/** Our parameter names for the framework's, over what the name itself means and the framework's defaults. */
function translate(
  { name, known }: Found,
  given: object | undefined,
  framework: Framework | undefined,
): object {
  const renamed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given ?? {})) {
    const foreign = known.find(({ params }) => params && Object.hasOwn(params, key));
    const ours = foreign?.params?.[key] ?? key;
    if (Object.hasOwn(renamed, ours))
      throw new TypeError(`parameter ${ours} is given twice, once as "${key}"`);
    // Keras says approximate=True for what PyTorch and ONNX call "tanh".
    renamed[ours] =
      name === 'gelu' && ours === 'approximate' && typeof value === 'boolean'
        ? value
          ? 'tanh'
          : 'none'
        : value;
  }
  return { ...known[0]?.means, ...(framework && known[0]?.defaults), ...renamed };
}

function lookUp<F extends object>(
  table: Readonly<Record<string, F>>,
  elsewhere: (name: string) => string,
  nameOrJson: unknown,
  params: object | undefined,
  options: LookupOptions | undefined,
): [F, object] {
  if (typeof nameOrJson === 'object' && nameOrJson !== null) {
    if (params !== undefined)
      throw new TypeError('params must be left out when the activation is given as JSON');
    const { name, params: own, ...rest } = nameOrJson as { name?: unknown; params?: unknown };
    if (
      typeof name !== 'string' ||
      Object.keys(rest).length > 0 ||
      (own !== undefined && typeof own !== 'object')
    )
      throw new TypeError(`an activation as JSON is { name, params }, got ${JSON.stringify(nameOrJson)}`);
    return lookUp(table, elsewhere, name, own ?? {}, options);
  }
  if (typeof nameOrJson !== 'string')
    throw new TypeError(`an activation is named by a string or its JSON, got ${show(nameOrJson)}`);
  if (nameOrJson.trimStart().startsWith('{'))
    return lookUp(table, elsewhere, JSON.parse(nameOrJson), params, options);
  const framework = options?.framework;
  checkFramework(framework);
  const found = find(nameOrJson, framework);
  if (!found)
    throw new RangeError(
      `no activation is called ${show(nameOrJson)}; known are ${Object.keys(table).join(', ')}`,
    );
  const factory = table[found.name];
  if (!factory) throw new RangeError(elsewhere(found.name));
  if (params !== undefined && (typeof params !== 'object' || params === null))
    throw new TypeError(`params of ${found.name} must be an object, got ${show(params)}`);
  return [factory, translate(found, params, framework)];
}

/**
 * The activation of any known name (`'leaky_relu'`, `'LeakyReLU'`, `'Hardswish'`, …), or the one that `toJSON` or
 * `JSON.stringify` wrote down.
 *
 * Parameters go by our names or a framework's (`alpha`, `negative_slope`). With `{ framework }` only that framework's names
 * and ours count, and its defaults are taken: `activation('LeakyReLU', {}, { framework: 'keras' })` has slope 0.3.
 * FRAMEWORKS.md lists them all. Throws RangeError for a name or framework that is not known, SyntaxError for a string that
 * begins as JSON and is none, and what the function's own factory throws for its parameters.
 */
export function activation(
  nameOrJson: string | ActivationJson,
  params?: object,
  options?: LookupOptions,
): Activation {
  const elsewhere = (name: string) => `${name} works on vectors: vectorActivation("${name}") has it`;
  const [create, own] = lookUp<(params?: never) => Activation>(
    factories,
    elsewhere,
    nameOrJson,
    params,
    options,
  );
  return create(own as never);
}

/** As `activation`, for the functions of a vector: softmax, log_softmax, softmin, hardmax, sparsemax, glu, swiglu. */
export function vectorActivation(
  nameOrJson: string | ActivationJson,
  params?: object,
  options?: LookupOptions,
): VectorActivation {
  const elsewhere = (name: string) => `${name} works on single elements: activation("${name}") has it`;
  const [create, own] = lookUp<(params?: never) => VectorActivation>(
    vectorFactories,
    elsewhere,
    nameOrJson,
    params,
    options,
  );
  return create(own as never);
}

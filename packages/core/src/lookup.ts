import type { Activation, ActivationJson } from './_activation.js';
import { show } from './_arguments.js';
import { leakyRelu } from './leaky_relu.js';
import { relu } from './relu.js';

interface Entry {
  create: (params?: object) => Activation;
  /** Other names of the function, as frameworks spell them; case and separators do not count. */
  names: readonly string[];
  /** Other names of the parameters. */
  params: Readonly<Record<string, string>>;
}

const entries = {
  leaky_relu: {
    create: leakyRelu,
    names: [],
    params: { alpha: 'negativeSlope', negative_slope: 'negativeSlope' },
  },
  relu: {
    create: relu,
    names: [],
    params: {
      negative_slope: 'negativeSlope',
      alpha: 'negativeSlope',
      max_value: 'maxValue',
      theta: 'threshold',
    },
  },
} satisfies Record<string, Entry>;

/** The canonical names that `activation` knows. */
export const activationNames: readonly string[] = Object.freeze(Object.keys(entries));

// LeakyReLU, leaky_relu, leakyRelu and leaky-relu are one name.
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const find = (name: string): Entry | undefined =>
  Object.entries<Entry>(entries).find(([canonical, { names }]) =>
    [canonical, ...names].some((known) => plain(known) === plain(name)),
  )?.[1];

const fromJson = (value: object): ActivationJson => {
  const { name, params, ...rest } = value as { name?: unknown; params?: unknown };
  const extra = Object.keys(rest);
  if (typeof name !== 'string' || extra.length > 0)
    throw new TypeError(
      `an activation as JSON is { name, params }, got ${extra.length ? `also "${extra.join('", "')}"` : `name ${show(name)}`}`,
    );
  return { name, params: (params ?? {}) as object };
};

/**
 * The activation of any known name (`'leaky_relu'`, `'LeakyReLU'`, `'leakyRelu'`, …), or the one that `toJSON` or
 * `JSON.stringify` wrote down.
 *
 * Parameters go by our names or a framework's (`alpha`, `negative_slope`). Throws RangeError for a name that is not known,
 * and what the function's own factory throws for its parameters.
 */
export function activation(nameOrJson: string | ActivationJson, params?: object): Activation {
  if (typeof nameOrJson === 'object' && nameOrJson !== null) {
    if (params !== undefined)
      throw new TypeError('params must be left out when the activation is given as JSON');
    const json = fromJson(nameOrJson);
    return activation(json.name, json.params);
  }
  if (typeof nameOrJson !== 'string')
    throw new TypeError(`an activation is named by a string or its JSON, got ${show(nameOrJson)}`);
  if (nameOrJson.trimStart().startsWith('{'))
    return activation(JSON.parse(nameOrJson) as ActivationJson, params);
  const entry = find(nameOrJson);
  if (!entry)
    throw new RangeError(
      `no activation is called ${show(nameOrJson)}; known are ${activationNames.join(', ')}`,
    );
  if (typeof params !== 'object' || params === null) return entry.create(params);
  const renamed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) {
    const ours = Object.hasOwn(entry.params, key) ? (entry.params[key] as string) : key;
    if (Object.hasOwn(renamed, ours))
      throw new TypeError(`parameter ${ours} is given twice, once as "${key}"`);
    renamed[ours] = value;
  }
  return entry.create(renamed);
}

import type { Activation, ActivationJson } from '../activation/activation.js';
import { camel, show } from '../activation/arguments.js';
import { nearest, plain } from '../activation/hints.js';
import type { VectorActivation } from '../activation/vector.js';
import type * as functions from '../entries/only-js.js';
import {
  type CanonicalName,
  type ForeignName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
  type VectorName,
  vectorNames,
} from './frameworks.js';

/** A canonical name as it is exported: leaky_relu is leakyRelu. */
type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The functions of one entry; that it has every one of the table is checked here. */
type Functions = Pick<typeof functions, CamelCase<CanonicalName>>;

const isOverVectors = (name: CanonicalName): name is VectorName =>
  (vectorNames as readonly CanonicalName[]).includes(name);

/** A canonical name that `activation` knows. */
export type ElementwiseName = Exclude<CanonicalName, VectorName>;

/** The canonical names that `activation` knows. */
export const activationNames: readonly ElementwiseName[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ (Object.keys(frameworks) as CanonicalName[]).filter(
    (name): name is ElementwiseName => !isOverVectors(name),
  ),
);

/** The canonical names that `vectorActivation` knows. */
export const vectorActivationNames: readonly VectorName[] = vectorNames;

/** How a name is understood that several frameworks have. */
export interface LookupOptions {
  /** Whose names and defaults count: 'keras' (3), 'pytorch', 'onnx', 'tfjs' or 'transformers'. Left out: any name, our defaults. */
  framework?: Framework;
}

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
        : frameworkNames.flatMap((one) => namesIn(found.name, one).slice(0, 1)),
    };
  return found;
}

/** The three names of ours or a framework's that are most like one. */
function suggestions(name: string): string {
  const names = Object.keys(frameworks).flatMap((ours) => [
    ours,
    ...frameworkNames.flatMap((one) => namesIn(ours as CanonicalName, one).map((known) => known.name)),
  ]);
  const seen = new Map(names.map((one) => [plain(one), one] as const).reverse());
  const near = nearest(name, [...seen.values()].reverse(), 0).slice(0, 3);
  return `did you mean ${near.map(show).join(', ')}? activationNames lists ours`;
}

function frameworkOf(options: unknown): Framework | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`options must be an object, as { framework: 'keras' }, got ${show(options)}`);
  const unknown = Object.keys(options).find((key) => key !== 'framework');
  if (unknown !== undefined) throw new TypeError(`there is no option "${unknown}"; there is framework`);
  const framework = Object.hasOwn(options, 'framework')
    ? (options as { framework?: unknown }).framework
    : undefined;
  if (framework !== undefined && !frameworkNames.includes(framework as Framework))
    throw new RangeError(`framework must be one of ${frameworkNames.join(', ')}, got ${show(framework)}`);
  return framework as Framework | undefined;
}

/** A property of a row of the table, and never what somebody put on Object.prototype. */
const own = <K extends keyof ForeignName>(
  row: ForeignName | undefined,
  key: K,
): ForeignName[K] | undefined => (row && Object.hasOwn(row, key) ? row[key] : undefined);

/** Our parameter names for the framework's, over what the name itself means and the framework's defaults. */
function translate(
  { name, known }: Found,
  given: object | undefined,
  framework: Framework | undefined,
): object {
  const renamed: Record<string, unknown> = Object.create(null); // "__proto__" is a name like another
  for (const [key, value] of Object.entries(given ?? {})) {
    const foreign = known
      .map((one) => own(one, 'params'))
      .find((names) => names && Object.hasOwn(names, key));
    const ours = foreign?.[key] ?? key;
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
  const [first] = known;
  return { ...own(first, 'means'), ...(framework && own(first, 'defaults')), ...renamed };
}

/** The name, and the parameters in our words, that a name or JSON stands for. */
function resolve(
  nameOrJson: unknown,
  params: object | undefined,
  options: LookupOptions | undefined,
): { name: CanonicalName; params: object } {
  if (typeof nameOrJson === 'object' && nameOrJson !== null) {
    if (params !== undefined)
      throw new TypeError('params must be left out when the activation is given as JSON');
    const { name, params: own, ...rest } = nameOrJson as { name?: unknown; params?: unknown };
    const isData = own === undefined || (typeof own === 'object' && own !== null);
    if (typeof name !== 'string' || Object.keys(rest).length > 0 || !isData)
      throw new TypeError(`an activation as JSON is { name, params }, got ${JSON.stringify(nameOrJson)}`);
    return resolve(name, own ?? {}, options);
  }
  if (typeof nameOrJson !== 'string')
    throw new TypeError(
      `an activation is named by a string, such as "leaky_relu", or by its JSON, got ${show(nameOrJson)}${
        typeof nameOrJson === 'function'
          ? '; an activation of ours is used as it is, any other as you wrote it'
          : ''
      }`,
    );
  if (nameOrJson.trimStart().startsWith('{')) return resolve(JSON.parse(nameOrJson), params, options);
  const framework = frameworkOf(options);
  const found = find(nameOrJson, framework);
  if (!found) throw new RangeError(`no activation is called ${show(nameOrJson)}; ${suggestions(nameOrJson)}`);
  if (params !== undefined && (typeof params !== 'object' || params === null))
    throw new TypeError(`params of ${found.name} must be an object, got ${show(params)}`);
  return { name: found.name, params: translate(found, params, framework) };
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
export type Lookup = (
  nameOrJson: string | ActivationJson,
  params?: object,
  options?: LookupOptions,
) => Activation;

/** As `Lookup`, for the functions of a vector: softmax, log_softmax, softmin, hardmax, sparsemax, glu, swiglu, geglu, reglu. */
export type VectorLookup = (
  nameOrJson: string | ActivationJson,
  params?: object,
  options?: LookupOptions,
) => VectorActivation;

/** Lookups among the functions of one entry. */
export function createLookups(all: Functions): { activation: Lookup; vectorActivation: VectorLookup } {
  const make = (name: CanonicalName, params: object) =>
    (all[camel(name) as keyof Functions] as (p: object) => unknown)(params);
  return {
    activation(nameOrJson, params, options) {
      const { name, params: own } = resolve(nameOrJson, params, options);
      if (isOverVectors(name))
        throw new RangeError(`${name} works on vectors: vectorActivation("${name}") has it`);
      return make(name, own) as Activation;
    },
    vectorActivation(nameOrJson, params, options) {
      const { name, params: own } = resolve(nameOrJson, params, options);
      if (!isOverVectors(name))
        throw new RangeError(`${name} works on single elements: activation("${name}") has it`);
      return make(name, own) as VectorActivation;
    },
  };
}

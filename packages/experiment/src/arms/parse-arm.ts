import { activation, activationNames, frameworks } from '@rectify/core/js';
import type { InitializerName } from '@rectify/replicas';
import { assertOneOf, shown } from '../arguments/assert.js';
import { meant } from '../arguments/nearest.js';
import { type Arm, type ArmSetting, initializerNames } from './arm.js';

/**
 * An arm out of its text, the same for the command, the page and the API:
 *
 *     name[:value][:key=value…][@lr=…][@init=…]
 *
 * `name` is any name that `@rectify/core` knows (`leaky_relu`, `LeakyReLU`, `swish`), `:value` its main parameter, `:key=value` any of
 * them; `@lr` a learning rate and `@init` an initialiser. Values to choose from stand between bars: `leaky_relu:0.01|0.05|0.2@lr=0.001|0.01`
 * lets each seed choose among six by a validation part of its own.
 *
 * @throws TypeError or RangeError that shows the arm, what is wrong in it, what is accepted and what was probably meant
 */
export function parseArm(text: string): Arm {
  if (typeof text !== 'string')
    throw new TypeError(`an arm must be text such as "leaky_relu:0.05", got ${shown(text)}`);
  const [main, ...settings] = text.trim().split('@');
  const [name, ...parameters] = main.split(':').map((part) => part.trim());
  const at = `arm ${shown(text)}`;
  const known = knownActivation(name, at);
  const given = new Map<string, string[]>();
  const put = (key: string, value: string) => {
    if (given.has(key)) throw new RangeError(`${at}: ${key} is given twice`);
    if (value.trim() === '') throw new RangeError(`${at}: ${key} has no value`);
    given.set(
      key,
      value.split('|').map((one) => one.trim()),
    );
  };
  for (const [i, parameter] of parameters.entries()) {
    const [key, value] = cut(parameter);
    if (value !== undefined) put(parameterNamed(key, known, at), value);
    else if (i > 0) throw new RangeError(`${at}: ${shown(parameter)} must be key=value`);
    else if (known.parameters.length === 0) throw new RangeError(`${at}: ${known.name} has no parameter`);
    else put(known.parameters[0], parameter);
  }
  for (const setting of settings) {
    const [key, value] = cut(setting);
    assertOneOf(`${at}: a setting after @`, key, ['lr', 'init']);
    put(`@${key}`, value ?? '');
  }
  const choices = combinations([...given]).map((values) => settingOf(known, values, at));
  return { name: canonical(known, given), ...choices[0], choices: choices.length > 1 ? choices : [] };
}

interface Known {
  readonly name: string;
  readonly parameters: readonly string[];
}

function knownActivation(name: string, at: string): Known {
  if (name === '')
    throw new RangeError(`${at} must begin with the name of an activation, as leaky_relu:0.05`);
  try {
    const { name: canonicalName, params } = activation(name).toJSON();
    return { name: canonicalName, parameters: Object.keys(params) };
  } catch (cause) {
    const foreign = Object.keys(frameworks).filter((one) => activationNames.includes(one as never));
    const near = meant(name, foreign) || `; there are ${activationNames.join(', ')}`;
    const overVectors = /vectors/.test((cause as Error).message)
      ? `${shown(name)} works on vectors, an arm needs a function of one number`
      : `no activation is called ${shown(name)}${near}`;
    throw new RangeError(`${at}: ${overVectors}`, { cause });
  }
}

/** The parameter of that name, in any case and with or without `_`. */
function parameterNamed(key: string, { name, parameters }: Known, at: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');
  const found = parameters.find((one) => plain(one) === plain(key));
  if (found !== undefined) return found;
  const accepted = parameters.length === 0 ? 'none' : parameters.join(', ');
  throw new RangeError(
    `${at}: ${name} has no parameter ${shown(key)}, it has ${accepted}${meant(key, parameters)}`,
  );
}

/** `key=value` in two; the value is undefined where there is no `=`. */
function cut(text: string): [key: string, value: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** One value of each list, in every combination, in order. */
function combinations(lists: readonly [string, readonly string[]][]): [string, string][][] {
  return lists.reduce<[string, string][][]>(
    (sofar, [key, values]) =>
      sofar.flatMap((one) => values.map((value) => [...one, [key, value] as [string, string]])),
    [[]],
  );
}

function settingOf({ name }: Known, values: readonly [string, string][], at: string): ArmSetting {
  const params: Record<string, unknown> = {};
  const setting: { learningRate?: number; initializer?: InitializerName } = {};
  for (const [key, value] of values) {
    if (key === '@lr') setting.learningRate = learningRate(value, at);
    else if (key === '@init') {
      assertOneOf(`${at}: init`, value, initializerNames);
      setting.initializer = value;
    } else params[key] = isNumber(value) ? Number(value) : value;
  }
  try {
    return { activation: activation(name, params).toJSON(), ...setting };
  } catch (cause) {
    throw new RangeError(`${at}: ${(cause as Error).message}`, { cause });
  }
}

const isNumber = (text: string) => /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text);

function learningRate(text: string, at: string): number {
  const rate = isNumber(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new RangeError(`${at}: lr must be a finite number above 0, got ${shown(text)}`);
}

/** The arm's text in its one spelling. */
function canonical({ name, parameters }: Known, given: ReadonlyMap<string, readonly string[]>): string {
  const spelled = (values: readonly string[]) =>
    values.map((value) => (isNumber(value) ? String(Number(value)) : value)).join('|');
  const parts = [name];
  for (const [i, key] of parameters.entries()) {
    const values = given.get(key);
    if (values !== undefined) parts.push(i === 0 ? spelled(values) : `${key}=${spelled(values)}`);
  }
  const settings = ['@lr', '@init'].flatMap((key) => {
    const values = given.get(key);
    return values === undefined ? [] : [`${key}=${spelled(values)}`];
  });
  return parts.join(':') + settings.join('');
}

/** Arms out of a list of texts, or one text with commas. Two of the same are refused. */
export function parseArms(texts: string | readonly string[]): Arm[] {
  const list = typeof texts === 'string' ? texts.split(',') : texts;
  if (!Array.isArray(list) || list.length === 0)
    throw new RangeError(`arms must be a list such as relu,leaky_relu:0.05, got ${shown(texts)}`);
  const arms = list.map(parseArm);
  const seen = new Map<string, string>();
  for (const { name, choices, ...setting } of arms) {
    const key = JSON.stringify(choices.length > 0 ? choices : setting);
    const twin = seen.get(key);
    if (twin !== undefined)
      throw new RangeError(
        twin === name
          ? `arm ${shown(name)} is given twice`
          : `arms ${shown(twin)} and ${shown(name)} are the same`,
      );
    seen.set(key, name);
  }
  return arms;
}

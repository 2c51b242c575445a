import { type Activation, activation } from '@rectify/core/js';
import { parseArm } from '@rectify/experiment';

/** One function of the place. */
export interface ShownFunction {
  /** As the command and the URL write it: `leaky_relu:0.2`. */
  readonly text: string;
  readonly f: Activation<Record<string, unknown>>;
}

export function shownFunction(text: string): ShownFunction {
  const { name, activation: json } = parseArm(text);
  return { text: name, f: activation(json) as Activation<Record<string, unknown>> };
}

/** The text of a function with these parameters; those that are the default are left out. */
export function textOf(name: string, params: Readonly<Record<string, unknown>>): string {
  const defaults = activation(name).params as Readonly<Record<string, unknown>>;
  const given = Object.entries(params).filter(([key, value]) => value !== null && value !== defaults[key]);
  return parseArm([name, ...given.map(([key, value]) => `${key}=${value}`)].join(':')).name;
}

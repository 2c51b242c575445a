// Which of tfjs's activations are functions of core, and which of them Keras 3 has: read from core's table of names.
import {
  type Activation,
  type CanonicalName,
  activation as coreActivation,
  frameworks,
  namesIn,
  vectorActivationNames,
} from '@rectify/core';

const NAMES = Object.keys(frameworks) as CanonicalName[];

/** The names under which tfjs's layers take a function as `activation`. */
const taken = (name: CanonicalName) => namesIn(name, 'tfjs').filter(({ isActivation }) => isActivation);

/** The function of core, over single elements, that tfjs calls exactly so where an activation is given. */
export function stockFunction(given: string): Activation | undefined {
  const name = NAMES.find((one) => taken(one).some((known) => known.name === given));
  if (name === undefined || (vectorActivationNames as readonly string[]).includes(name)) return undefined;
  return coreActivation(given, {}, { framework: 'tfjs' });
}

/** tfjs's name for the same function by Keras 3's names, of which the canonical one comes last. */
export const stockByKeras = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const same = taken(name).find(({ defaults, means }) => !defaults && !means);
      if (!same || namesIn(name, 'keras').length === 0) return [];
      const theirs = namesIn(name, 'keras').map((known) => known.name);
      return [...theirs.filter((one) => one !== name), name].map((one) => [one, same.name]);
    }),
  );

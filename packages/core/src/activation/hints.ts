// What was probably meant.

/** LeakyReLU, leaky_relu, leakyRelu and leaky-relu are one name. */
export const plain = (name: string): string => name.toLowerCase().replace(/\W|_/g, '');

/** The letters of a name, and the pairs of neighbours among them: of a slip as `widht`, most are those that were meant. */
const partsOf = (name: string): Set<string> =>
  new Set([...plain(name)].slice(0, 50).flatMap((letter, i, all) => [letter, letter + all[i + 1]]));

/**
 * The known names that look like a given one, the most similar first, for a message that asks what was meant: those that share about
 * two parts in five of theirs. With `least` 0 all of them.
 */
export function nearest(name: string, known: readonly string[], least = 0.2): string[] {
  const own = partsOf(name);
  const likeness = (one: string): number => {
    const other = partsOf(one);
    return 1 - new Set([...own, ...other]).size / (own.size + other.size); // shared parts over all parts
  };
  return known.filter((one) => likeness(one) >= least).sort((a, b) => likeness(b) - likeness(a));
}

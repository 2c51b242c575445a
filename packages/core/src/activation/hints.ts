// What was probably meant.

/** LeakyReLU, leaky_relu, leakyRelu and leaky-relu are one name. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The pairs of neighbouring letters. */
const pairsOf = (name: string): string[] => [...name].map((letter, i) => letter + name.charAt(i + 1));

/** The known names that look like one, the most similar first: those that share at least half of its pairs of letters. */
export function nearest(name: string, known: readonly string[], least = 0.5): string[] {
  const own = pairsOf(plain(name.slice(0, 50)));
  const likeness = (one: string): number => {
    const other = pairsOf(plain(one));
    return own.filter((pair) => other.includes(pair)).length / (own.length || 1) - other.length / 1000;
  };
  return known.filter((one) => likeness(one) >= least).sort((a, b) => likeness(b) - likeness(a));
}

// What was probably meant.

/** LeakyReLU, leaky_relu, leakyRelu and leaky-relu are one name. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** How many letters are added, left out or changed on the way from a to b. */
function distance(a: string, b: string): number {
  let row = [...b, ''].map((_, j) => j);
  for (const letter of a) {
    let [left] = row;
    left++;
    row = row.map((above, j) => {
      if (j > 0) left = Math.min(above + 1, left + 1, row[j - 1] + +(letter !== b[j - 1]));
      return left;
    });
  }
  return row[b.length];
}

/** The known names that look like one, the most similar first; a name that holds it whole is one letter off. */
export function nearest(name: string, known: readonly string[], most = name.length / 3): string[] {
  const own = plain(name.slice(0, 50));
  const off = (one: string): number => {
    const other = plain(one);
    return own === other ? 0 : own.length > 2 && other.includes(own) ? 1 : distance(own, other);
  };
  return known.filter((one) => off(one) <= most).sort((a, b) => off(a) - off(b));
}

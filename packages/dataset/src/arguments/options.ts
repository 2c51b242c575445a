import { shown } from './assert.js';

/**
 * Options are an object with known names, or undefined. A name that is not known would be ignored in silence, so it is an error.
 *
 * @throws TypeError on what is no object, RangeError on an unknown name, with the nearest known one
 */
export function assertOptions(what: string, options: unknown, known: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${what} must be an object of options, got ${shown(options)}`);
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw new RangeError(`${what} has no option ${shown(name)}${meant(name, known)}`);
  }
}

/** ` (did you mean "…"?)` for the known name that is few typing errors away, else the list of what there is. */
export function meant(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  return near === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${shown(near)}?`;
}

/** The known name with the least edit distance, when that is at most a third of the longer one's length, or one contains the other. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const lower = given.slice(0, 60).toLowerCase();
  const ranked = known
    .map((name) => {
      const other = name.toLowerCase();
      const contained = lower.length > 2 && (other.includes(lower) || lower.includes(other));
      const distance = editDistance(lower, other);
      const far = distance > Math.max(name.length, lower.length) / 3 && !contained;
      return { name, distance: far ? Infinity : distance };
    })
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.distance === Infinity ? undefined : ranked[0]?.name;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced, swapped ? before[j - 2] + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

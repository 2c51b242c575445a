/** `; did you mean "…"?` for the known name that was probably meant, else nothing. */
export function meant(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** The known name with the fewest typing errors, when those are at most a third of the longer one's letters. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const typed = plain(given.slice(0, 60));
  let best: { name: string; errors: number } | undefined;
  for (const name of known) {
    const errors = editDistance(typed, plain(name));
    if (errors <= Math.max(name.length, typed.length) / 3 && errors < (best?.errors ?? Infinity))
      best = { name, errors };
  }
  return best?.name;
}

const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');

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

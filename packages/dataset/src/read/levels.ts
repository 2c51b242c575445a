import { shown } from '../arguments/assert.js';
import { type NumberFormat, readNumber } from './number-text.js';

export interface Levels {
  readonly levels: string[];
  /** Other spellings of a level, and the level. */
  readonly spellings: Record<string, string>;
  readonly notes: string[];
}

/**
 * The levels of a category from its texts and how often each stands. Spellings of one number (`1`, `1.0`), and of one word of three
 * letters or more (`Yes`, `yes`), are one level, that of the most frequent spelling. Shorter texts may well differ in case, as alleles
 * do, and stay apart.
 */
export function levelsOf(
  texts: ReadonlyMap<string, number>,
  missing: ReadonlySet<string>,
  format: NumberFormat,
): Levels {
  const present = [...texts].filter(([text]) => !missing.has(text));
  const groups = new Map<string, [text: string, count: number][]>();
  for (const entry of present) {
    const key = spellingKey(entry[0], format);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const spellings: [string, string][] = [];
  const notes: string[] = [];
  const levels = [...groups.values()].map((group) => {
    const [[level], ...others] = group.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    for (const [text] of others) spellings.push([text, level]);
    if (others.length > 0)
      notes.push(`${others.map(([text]) => shown(text)).join(', ')} read as ${shown(level)} (spellings)`);
    return level;
  });
  notes.push(...alikeNotes(levels));
  // fromEntries defines own properties, so that a text "__proto__" is a text.
  return { levels: levels.sort(), spellings: Object.fromEntries(spellings), notes };
}

function spellingKey(text: string, format: NumberFormat): string {
  const value = readNumber(text, format);
  if (Number.isFinite(value) && !/^[+-]?0\d/.test(text) && Number.isSafeInteger(Math.trunc(value)))
    return `number ${value}`;
  return text.length >= 3 ? `text ${text.toLowerCase()}` : `text ${text}`;
}

const pairs = [
  ['y', 'yes'],
  ['n', 'no'],
  ['t', 'true'],
  ['f', 'false'],
  ['m', 'male'],
  ['f', 'female'],
];

/** Levels that stay apart and may yet mean the same. */
function alikeNotes(levels: readonly string[]): string[] {
  const alike = levels.flatMap((a, i) =>
    levels
      .slice(i + 1)
      .filter((b) => {
        const [x, y] = [a.toLowerCase(), b.toLowerCase()];
        return (
          x === y || pairs.some(([short, long]) => (x === short && y === long) || (y === short && x === long))
        );
      })
      .map((b) => `${shown(a)} and ${shown(b)}`),
  );
  return alike.length === 0
    ? []
    : [`${alike.slice(0, 4).join(', ')} stay apart: if they mean the same, say so in spellings`];
}

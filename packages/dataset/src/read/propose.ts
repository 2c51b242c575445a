import { shown } from '../arguments/assert.js';
import type { ColumnRole, ColumnSchema } from '../table/schema.js';
import { momentsOf } from './dates.js';
import type { TableIssue } from './error.js';
import { levelsOf } from './levels.js';
import type { NumberFormat } from './number-text.js';
import { hasWideRange } from './roles.js';
import type { SeenColumn } from './seen-column.js';
import { isMissingWord } from './words.js';

/** What a column is proposed as, why, and the cells that it leaves faulty. */
export interface Proposal {
  readonly column: ColumnSchema;
  readonly because: string;
  readonly issues: readonly TableIssue[];
}

/** What was decided of a column before, by the caller or by looking at all columns. */
export interface Decided {
  readonly role?: ColumnRole | undefined;
  /** How the role came about, for the note. */
  readonly why?: string | undefined;
  readonly missingTexts: readonly string[];
  readonly numbers: NumberFormat;
}

/** Whether the column holds numbers, and what makes it so or not. */
export function isNumberColumn(seen: SeenColumn): boolean {
  if (seen.leadingZeros.count > 0 || seen.tooLong.count > 0 || seen.numbers + affixed(seen) === 0)
    return false;
  return hasFewFaults(seen) || affixed(seen) > 0;
}

/** One bad cell, or one of twenty, among four times as many numbers. */
const hasFewFaults = ({ otherCount, numbers, present }: SeenColumn): boolean =>
  otherCount <= Math.max(1, present / 20) && (otherCount === 0 || numbers >= 4 * otherCount);

/** Cells with a text beside the number, when it is the same text in all that are no plain numbers, and in half of the column. */
function affixed({ affixes, otherCount, present, dates }: SeenColumn): number {
  const [count = 0, ...more] = affixes.values();
  return dates === 0 && more.length === 0 && count === otherCount && count >= present / 2 ? count : 0;
}

export function propose(seen: SeenColumn, decided: Decided): Proposal {
  const isClass = decided.role === 'label';
  return isNumberColumn(seen) && !isClass ? proposeNumber(seen, decided) : proposeCategory(seen, decided);
}

function proposeNumber(seen: SeenColumn, { role = 'feature', why, missingTexts }: Decided): Proposal {
  const { name } = seen;
  const words = [...seen.words.keys()];
  const missing = [...new Set([...missingTexts, ...words])];
  const affixes = affixed(seen) > 0 ? [...seen.affixes.keys()] : [];
  const moments = momentsOf(seen);
  const said = [
    `${seen.numbers + affixed(seen)} numbers${emptyText(seen)}${wordsText(words)}`,
    affixes.length > 0 && `${shown(affixes[0])} beside them is left off`,
    seen.texts.size <= 2 &&
      role === 'feature' &&
      'so few values may be a code or a leak rather than a measure',
    moments !== undefined && `they may be ${moments}, kept as numbers`,
    moments === undefined &&
      role === 'feature' &&
      mayBeId(seen) &&
      'all different, so perhaps an id: pass id if it is',
    affixes.length === 0 && seen.otherCount > 0 && faultsText(seen),
    why,
  ].filter(Boolean);
  return {
    column: {
      ...{ name, kind: 'number', role },
      ...(affixes.length > 0 && { affixes, ...(affixes.length === 1 && { unit: affixes[0] }) }),
      ...(missing.length > 0 && { missingTexts: missing }),
    },
    because: said.join('; '),
    issues: affixes.length > 0 ? [] : seen.others,
  };
}

/** Such numbers may be those of cases, and may be measured; only the reader knows. */
const mayBeId = (seen: SeenColumn): boolean => hasWideRange(seen) && seen.uniqueShare >= 0.99;

function faultsText({ otherCount, others }: SeenColumn): string {
  const [{ value, row, line }] = others;
  const rest = otherCount > 1 ? ` and ${otherCount - 1} more` : '';
  return `${shown(value)} in row ${row} (line ${line})${rest} is not a number: correct it, name it in missingTexts, or load with mode "lenient"`;
}

function proposeCategory(seen: SeenColumn, { role, why, missingTexts, numbers }: Decided): Proposal {
  const { name } = seen;
  const words = [...seen.words.keys()].filter(isMissingWord);
  const missing = [...new Set([...missingTexts, ...words])];
  const { levels, spellings, notes } = levelsOf(seen.texts, new Set(missing), numbers);
  const listed = seen.tooMany ? {} : { levels, ...(Object.keys(spellings).length > 0 && { spellings }) };
  const count = seen.tooMany ? `more than ${seen.texts.size - 1}` : String(levels.length);
  const said = [
    `${count} distinct texts${emptyText(seen)}${wordsText(words)}`,
    role === 'label' && gapsText(seen, missing),
    reasonForText(seen),
    paddedText(seen),
    ...(seen.tooMany ? [] : notes),
    why,
  ].filter(Boolean);
  return {
    column: {
      ...{ name, kind: 'category', role: role ?? categoryRole(seen, levels) },
      ...listed,
      ...(missing.length > 0 && { missingTexts: missing }),
    },
    because: said.join('; '),
    issues: [],
  };
}

/** Levels that come again are a category; others are free text. */
const categoryRole = (seen: SeenColumn, levels: readonly string[]): ColumnRole =>
  !seen.tooMany && levels.length > 1 && levels.length <= seen.present / 2 && seen.dates === 0
    ? 'feature'
    : 'other';

function reasonForText(seen: SeenColumn): string | undefined {
  const { leadingZeros, tooLong, dates, numbers, otherCount, others } = seen;
  if (tooLong.count > 0)
    return `whole numbers beyond 2⁵³ such as ${shown(tooLong.example)} (line ${tooLong.line}) are kept as text, since a number would merge neighbours`;
  if (leadingZeros.count > 0)
    return `whole numbers that begin with 0, such as ${shown(leadingZeros.example)} (line ${leadingZeros.line}), are kept as text`;
  if (dates > 0 && dates === otherCount && numbers === 0)
    return `dates or times such as ${shown(others[0]?.value)} are kept as text, and are no feature`;
  if (numbers > 0 && otherCount > 0)
    return `${numbers} of them numbers, and ${otherCount} such as ${shown(others[0]?.value)} (line ${others[0]?.line}) not`;
  return undefined;
}

function gapsText(seen: SeenColumn, missing: readonly string[]): string | undefined {
  const gaps = seen.empty + missing.reduce((sum, text) => sum + (seen.texts.get(text) ?? 0), 0);
  return gaps === 0 ? undefined : `${gaps} ${gaps === 1 ? 'row has' : 'rows have'} no label`;
}

/** Where some cells have outer spaces and others have none, two spellings are read as one. */
const paddedText = ({ padded, present }: SeenColumn): string | false =>
  padded.count > 0 &&
  padded.count < present &&
  `outer spaces do not count, as in ${shown(padded.example)} (line ${padded.line})`;

const emptyText = ({ empty }: SeenColumn): string => (empty > 0 ? `, ${empty} empty` : '');

const wordsText = (words: readonly string[]): string =>
  words.length > 0 ? `, and ${words.map((word) => shown(word)).join(', ')} read as missing` : '';

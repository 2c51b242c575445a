import { isNumberColumn } from './propose.js';
import type { SeenColumn } from './seen-column.js';

const labelName =
  /^(?:class|label|target|outcome|diagnosis|type|species|variety|result|status|y|survived|quality|category|income|response|kind)$/i;

export interface LabelGuess {
  readonly at: number;
  /** Other columns that could be it, the likeliest first. */
  readonly runnersUp: readonly number[];
  readonly because: string;
}

/**
 * The column that is most likely the label: one with a label's usual name, else the last category, else a last column of a few whole
 * numbers. Columns without gaps come before those with. Undefined when no column has two to `maxLevels` values that come again.
 */
export function guessLabel(
  columns: readonly SeenColumn[],
  maxLevels: number,
  isTaken: (at: number) => boolean,
): LabelGuess | undefined {
  const ranked = columns
    .map((column, at) => ({
      at,
      score: isTaken(at) ? 0 : scoreOf(column, at === columns.length - 1, maxLevels),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.at - a.at);
  const [best, ...others] = ranked;
  if (best === undefined) return undefined;
  const column = columns[best.at];
  const named = labelName.test(column.name) ? 'it has the name of a label' : undefined;
  const last = isNumberColumn(column)
    ? 'it is the last column, of few whole numbers'
    : 'it is the last such column';
  return { at: best.at, runnersUp: others.map(({ at }) => at), because: named ?? last };
}

function scoreOf(column: SeenColumn, isLast: boolean, maxLevels: number): number {
  const { texts, tooMany, empty, words, dates, levelWords } = column;
  const isNumber = isNumberColumn(column);
  const lost = words.size - (isNumber ? 0 : levelWords.length);
  const levels = texts.size - lost;
  const present = column.present + (isNumber ? 0 : sum(levelWords.map((word) => words.get(word) ?? 0)));
  if (tooMany || levels < 2 || levels >= present || dates > 0) return 0;
  if (present >= 10 && levels > present / 2) return 0;
  const named = labelName.test(column.name);
  // Few whole numbers may be counts, unless name or place says more.
  if (isNumber && !(column.whole && levels <= Math.min(20, maxLevels) && (named || isLast))) return 0;
  const gaps = empty > 0 || lost > 0;
  return (named ? 8 : 0) + (isNumber ? 1 : 2) + (isLast ? 2 : 0) - (gaps ? 1.5 : 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

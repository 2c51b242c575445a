import type { Problem } from '@rectify/experiment';

/** Test rows of which training holds a twin: an equal row, or one of the same panel or group. */
export interface Shared {
  readonly kind: 'duplicate group' | 'panel' | 'group';
  /** The columns that make them twins. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly of: number;
}

/** How many test rows have a twin in the training part; undefined where none has. */
export function sharedUnits(
  { unitOf, units }: Pick<Problem, 'unitOf' | 'units'>,
  train: Uint32Array,
  test: Uint32Array,
): Shared | undefined {
  if (units.kind === 'row') return undefined;
  const known = new Set(Array.from(train, (row) => unitOf[row]));
  const rows = test.filter((row) => known.has(unitOf[row])).length;
  return rows === 0 ? undefined : { kind: units.kind, columns: units.columns, rows, of: test.length };
}

/** Beside a score: that it is not to be believed. */
export const leakText = ({ rows, of }: Shared): string =>
  `Leak: ${rows} of ${of} test rows have a twin in training.`;

/** What the twins are, and what to do. */
export function sharedText({ kind, columns, rows, of }: Shared): string {
  const what = {
    'duplicate group': 'an exact twin in the training part',
    panel: `a twin in the training part, with the same ${columns.join(', ')}`,
    group: `rows of the same ${columns.join(', ')} in the training part`,
  }[kind];
  return `${rows} of ${of} test rows have ${what}: the test scores are memory as much as learning. Hold out whole groups of like rows, to see what it learnt.`;
}

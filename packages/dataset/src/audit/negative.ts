import { negativeShareSteps } from '../prepare/negative-share.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, largest, percent, rowsWhere } from './check.js';
import type { Finding } from './finding.js';

/** Principal components are of at most so many features, and of at most so many rows, drawn evenly over the table. */
const most = { features: 64, rows: 5000 };

/** `no-negative-inputs`. The components are computed only where the finding fires. */
export function* noNegativeInputs(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, note, skip } = input;
  const numbers = table.numberFeatureNames; // ids too, as long as the schema makes them inputs
  const columns = numbers.map((name) => table.numbers(name));
  const complete = rowsWhere(table, (row) => columns.every((values) => !Number.isNaN(values[row])));
  yield;
  if (numbers.length === 0 || complete.length < 2) {
    skip(
      ['no-negative-inputs'],
      numbers.length === 0 ? 'there is no number feature' : 'fewer than two rows have all number features',
    );
    return [];
  }
  const features: { column: string; raw: number; standardised: number }[] = [];
  for (const [j, values] of columns.entries()) {
    const raw = shareBelow(values, complete, 0);
    if (raw > thresholds.negativeShare) return [];
    let sum = 0;
    for (const row of complete) sum += values[row];
    features.push({
      column: numbers[j],
      raw,
      standardised: shareBelow(values, complete, sum / complete.length),
    });
    yield;
  }
  const bounded = numbers.length > most.features;
  if (bounded)
    note(
      `no-negative-inputs: no principal components, since there are more than ${most.features} number features`,
    );
  const step = Math.max(1, complete.length / most.rows);
  const some = complete.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  if (!bounded && some.length < complete.length)
    note(`no-negative-inputs: the principal components are of ${some.length} rows`);
  const of = bounded ? undefined : yield* negativeShareSteps(table.select(numbers).takeRows(some));
  const components = of?.components ?? [];
  const range = (shares: readonly number[]) => {
    const [least, most] = [percent(-largest(shares.map((x) => -x))), percent(largest(shares))];
    return least === most ? most : `${least} to ${most}`;
  };
  const figure = largest(features.map(({ raw }) => raw));
  const ofComponents = components.length > 0 ? `, and ${range(components)} of each principal component` : '';
  return [
    {
      id: 'no-negative-inputs',
      severity: 'info',
      columns: numbers,
      count: numbers.length,
      rows: [],
      figure,
      explanation: `No feature has more than ${percent(figure)} negative values, but standardised ${range(features.map(({ standardised }) => standardised))} of each feature is negative${ofComponents}.`,
      advice:
        'Do not choose an activation by the sign of raw inputs: scaling decides it, and hidden units see their own sums.',
      details: [
        ...features,
        ...components.map((share, k) => ({ column: `component ${k + 1}`, standardised: share })),
      ],
    },
  ];
}

function shareBelow(values: Float64Array, rows: readonly number[], limit: number): number {
  let below = 0;
  for (const row of rows) if (values[row] < limit) below++;
  return below / rows.length;
}

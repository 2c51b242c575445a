import type { Groups } from '../groups/group-rows.js';
import { signaturesOf } from '../groups/signatures.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, chanceLevel, countsByClass, type Labels, list, percent, sum } from './check.js';
import type { Finding } from './finding.js';
import { logChanceOfRule } from './label.js';

interface Candidate {
  readonly names: readonly string[];
  readonly groups: Groups;
}

interface Lookup {
  readonly names: readonly string[];
  readonly combinations: number;
  readonly right: number;
  readonly accuracy: number;
}

/** `lookup-solves-task`: each feature, the panels, and all features together. */
export function* lookupSolves(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, codes, features, panels, labels, skip } = input;
  if (labels === undefined) return [];
  if (features.length === 0) skip(['lookup-solves-task'], 'there is no feature');
  const found: Lookup[] = [];
  const judge = (candidate: Candidate) => {
    const lookup = lookUp(candidate, labels, features.length + 2);
    if (lookup === undefined || lookup.accuracy < thresholds.lookupAccuracy) return;
    // In a table with one overwhelming class a high accuracy is no art: at least half of the errors must go.
    if (1 - lookup.accuracy <= (1 - labels.majority.share) / 2) found.push(lookup);
  };
  for (const name of features) {
    const groups = codes.of(name);
    if (groups !== undefined) judge({ names: [name], groups });
    yield;
  }
  if (panels.columns.length > 0) judge({ names: panels.columns, groups: panels });
  if (features.length > 1 && found.length === 0)
    judge({ names: features, groups: yield* signaturesOf(codes, features) });
  found.sort((a, b) => b.accuracy - a.accuracy);
  const [best] = found;
  if (best === undefined) return [];
  return [
    {
      id: 'lookup-solves-task',
      severity: 'error',
      columns: best.names,
      count: best.combinations,
      rows: [],
      figure: best.accuracy,
      explanation: `Looking up the other rows with the same ${list(best.names)} gets ${best.right} of ${labels.rows} labels right (${percent(best.accuracy)}), without any model${labels.rows < table.rowCount ? ', among the rows with a label' : ''}.`,
      advice: 'A random split tests this memory; hold whole combinations out to test anything else.',
      details: found.map(({ names, ...detail }) => ({ columns: names.join(', '), ...detail })),
    },
  ];
}

/** Guesses each label from the other rows with these values; where there is none, the largest class. */
function lookUp({ names, groups }: Candidate, labels: Labels, tried: number): Lookup | undefined {
  const k = labels.sizes.length;
  const { ids, count } = groups;
  // Where most values have one row each, there is nothing to look up, and the table of counts would be large.
  if (count > labels.rows / 2) return undefined;
  const counts = countsByClass(ids, count, labels);
  let right = 0;
  for (let row = 0; row < ids.length; row++) {
    const own = labels.ids[row];
    if (own < 0) continue;
    const at = ids[row] * k;
    let [best, most] = [labels.majority.id, 0];
    for (let c = 0; ids[row] >= 0 && c < k; c++) {
      const others = counts[at + c] - (c === own ? 1 : 0);
      if (others > most) [best, most] = [c, others];
    }
    if (best === own) right++;
  }
  let repeated = 0;
  for (let at = 0; at < counts.length; at += k) if (sum(counts.subarray(at, at + k)) > 1) repeated++;
  const chance = logChanceOfRule(repeated, labels.rows - right, labels.sizes) + Math.log(tried);
  if (chance >= Math.log(chanceLevel)) return undefined;
  return { names, combinations: count, right, accuracy: right / labels.rows };
}

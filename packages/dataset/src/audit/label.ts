import { type Classes, classesOf } from '../groups/classes.js';
import { type Groups, groupSizes } from '../groups/group-rows.js';
import { rowGroups } from '../groups/signatures.js';
import { type AuditInput, implausibleSides, list, percent, rowsWhere } from './columns.js';
import type { Finding } from './finding.js';

interface LabelInput extends AuditInput {
  readonly classes: Classes;
  readonly sizes: Int32Array;
  readonly majority: { readonly name: string; readonly share: number };
}

/** Findings on what gives the label away, or makes it hard to learn. None without a label, or with missing labels or one class only. */
export function auditLabel(input: AuditInput): Finding[] {
  const { table } = input;
  const label = table.schema.columns.find(({ role }) => role === 'label');
  if (label === undefined || table.rowCount === 0) return [];
  const column = table.column(label.name);
  if (column.kind === 'category' && column.codes.some((code) => code < 0)) return [];
  const classes = classesOf(table);
  if (classes.count < 2) return [];
  const sizes = groupSizes(classes);
  const largest = sizes.indexOf(Math.max(...sizes));
  const majority = {
    name: classes.names[largest],
    share: sizes[largest] / table.rowCount,
  };
  const given = { ...input, classes, sizes, majority };
  return [
    ...labelLeak(given),
    ...thresholdSolves(given),
    ...lookupSolves(given),
    ...implausibleReveals(given),
    ...imbalance(given),
  ];
}

/** Rows in each pair of groups. */
function pairCounts(a: Groups, b: Groups): Float64Array[] {
  const counts = Array.from({ length: a.count }, () => new Float64Array(b.count));
  a.ids.forEach((id, row) => {
    const of = counts[id] as Float64Array;
    const other = b.ids[row];
    of[other] = of[other] + 1;
  });
  return counts;
}

function labelLeak({ table, thresholds, classes }: LabelInput): Finding[] {
  const leaks = table.schema.columns
    .filter(({ role }) => role !== 'label')
    .flatMap(({ name }) => {
      const values = rowGroups(table, [name]);
      if (values.count < 2 || table.rowCount / values.count < thresholds.leakMinRows) return [];
      const byClass = pairCounts(classes, values).map((of) => ({
        most: Math.max(...of),
        value: of.indexOf(Math.max(...of)),
      }));
      const fromLabel =
        new Set(byClass.map(({ value }) => value)).size < 2
          ? 0
          : sum(byClass.map(({ most }) => most)) / table.rowCount;
      const toLabel = sum(pairCounts(values, classes).map((of) => Math.max(...of))) / table.rowCount;
      const purity = Math.max(fromLabel, toLabel);
      if (purity < thresholds.leakPurity) return [];
      return { column: name, values: values.count, followsFromLabel: fromLabel, tellsLabel: toLabel };
    });
  if (leaks.length === 0) return [];
  const columns = leaks.map(({ column }) => column);
  return [
    {
      id: 'label-leak',
      severity: 'error',
      columns,
      count: columns.length,
      rows: [],
      figure: Math.max(
        ...leaks.flatMap(({ followsFromLabel, tellsLabel }) => [followsFromLabel, tellsLabel]),
      ),
      explanation: `${list(columns)} ${columns.length > 1 ? 'are' : 'is'} the label in another spelling, or so near that one follows from the other.`,
      advice: 'Leave such columns out of the features.',
      details: leaks,
    },
  ];
}

function thresholdSolves({ table, thresholds, classes, sizes }: LabelInput): Finding[] {
  const found = table.numberFeatureNames
    .flatMap((column) => {
      const values = table.numbers(column);
      const order = rowsWhere(table, (row) => !Number.isNaN(values[row])).sort(
        (a, b) => values[a] - values[b],
      );
      // Two classes have one boundary between them.
      const first = classes.count === 2 ? 1 : 0;
      return classes.names
        .slice(first)
        .map((name, i) => ({ column, name, ...bestCut(values, order, classes, first + i, sizes) }));
    })
    .filter(({ right, rows, restRight, rest }) => {
      const accuracy = (right + restRight) / (rows + rest);
      return (
        accuracy >= thresholds.thresholdAccuracy &&
        (right / rows + restRight / rest) / 2 >= thresholds.thresholdAccuracy
      );
    })
    .map(({ column, name, cut, above, right, rows, restRight, rest }) => ({
      rule: `${column} > ${cut}`,
      says: above ? name : `not ${name}`,
      class: name,
      accuracy: (right + restRight) / (rows + rest),
      ...{ right, rows, restRight, rest, column, threshold: cut },
    }))
    .sort((a, b) => b.accuracy - a.accuracy);
  const [best] = found;
  if (best === undefined) return [];
  return [
    {
      id: 'threshold-solves-task',
      severity: 'error',
      columns: [...new Set(found.map(({ column }) => column))],
      count: found.length,
      rows: [],
      figure: best.accuracy,
      explanation: `${best.rule} alone tells ${best.class} from the rest with an accuracy of ${percent(best.accuracy)}: ${best.right} of ${best.rows} ${best.class} and ${best.restRight} of ${best.rest} others are right.`,
      advice: 'Report this rule beside every model: it is the baseline to beat.',
      details: found,
    },
  ];
}

/** The cut of a sorted column that gets most rows right when one side is called the class and the other not. */
function bestCut(
  values: Float64Array,
  order: readonly number[],
  classes: Classes,
  target: number,
  sizes: Int32Array,
) {
  const rows = sizes[target];
  const rest = values.length - rows;
  const inOrder = order.filter((row) => classes.ids[row] === target).length;
  let [below, belowRest] = [0, 0];
  let best = { cut: NaN, above: false, right: 0, rows, restRight: 0, rest };
  order.forEach((row, i) => {
    if (classes.ids[row] === target) below++;
    else belowRest++;
    const cut = values[row];
    if (i + 1 === order.length || values[order[i + 1]] === cut) return;
    const [above, aboveRest] = [inOrder - below, order.length - inOrder - belowRest];
    if (above + belowRest > best.right + best.restRight)
      best = { cut, above: true, right: above, rows, restRight: belowRest, rest };
    if (below + aboveRest > best.right + best.restRight)
      best = { cut, above: false, right: below, rows, restRight: aboveRest, rest };
  });
  return best;
}

function lookupSolves({ table, thresholds, classes, panels, majority }: LabelInput): Finding[] {
  const candidates: { columns: string[]; groups: Groups }[] = table.featureNames.map((name) => ({
    columns: [name],
    groups: rowGroups(table, [name]),
  }));
  if (panels.columns.length > 0)
    candidates.push({ columns: [...panels.columns], groups: { ids: panels.ids, count: panels.count } });
  const majorityCode = classes.names.indexOf(majority.name);
  const found = candidates
    .map(({ columns, groups }) => {
      const counts = pairCounts(groups, classes);
      let right = 0;
      groups.ids.forEach((id, row) => {
        const own = classes.ids[row];
        // Guess from the other rows with these values; where there is none, the largest class.
        const others = counts[id].map((count, c) => count - (c === own ? 1 : 0));
        const most = Math.max(...others);
        if ((most === 0 ? majorityCode : others.indexOf(most)) === own) right++;
      });
      return {
        columns: columns.join(', '),
        combinations: groups.count,
        right,
        accuracy: right / table.rowCount,
        names: columns,
      };
    })
    // In a table with one overwhelming class a high accuracy is no art: at least half of the errors must go.
    .filter(
      ({ accuracy }) => accuracy >= thresholds.lookupAccuracy && 1 - accuracy <= (1 - majority.share) / 2,
    )
    .sort((a, b) => b.accuracy - a.accuracy);
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
      explanation: `Looking up the other rows with the same ${list(best.names)} gets ${best.right} of ${table.rowCount} labels right (${percent(best.accuracy)}), without any model.`,
      advice: 'A random split tests this memory; hold whole combinations out to test anything else.',
      details: found.map(({ names: _, ...detail }) => detail),
    },
  ];
}

function implausibleReveals({ table, thresholds, classes, sizes }: LabelInput): Finding[] {
  const found = implausibleSides(table)
    .map((side) => {
      const counts = new Int32Array(classes.count);
      for (const row of side.rows) {
        const c = classes.ids[row];
        counts[c] = counts[c] + 1;
      }
      const c = counts.indexOf(Math.max(...counts));
      const purity = counts[c] / side.rows.length;
      const chance = (sizes[c] / table.rowCount) ** side.rows.length;
      return { ...side, class: classes.names[c], purity, chance };
    })
    .filter(({ purity, chance }) => purity >= thresholds.revealPurity && chance < thresholds.revealChance);
  if (found.length === 0) return [];
  const columns = [...new Set(found.map(({ column }) => column))];
  const rows = [...new Set(found.flatMap(({ rows }) => rows))].sort((a, b) => a - b);
  const cases = found.map(
    ({ column, side, limit, rows, class: name }) =>
      `${rows.length} with ${column} ${side} ${limit} are ${name}`,
  );
  return [
    {
      id: 'implausible-reveals-class',
      severity: 'error',
      columns,
      count: rows.length,
      rows,
      figure: Math.max(...found.map(({ purity }) => purity)),
      explanation: `Implausible values give the class away: ${percent(Math.min(...found.map(({ purity }) => purity)))} or more of the ${cases.join(', of the ')}.`,
      advice: 'Leave the column out, or the model learns an error of recording that new data will not have.',
      details: found.map(({ column, side, limit, rows, class: name, purity }) => ({
        ...{ column, values: `${side} ${limit}`, count: rows.length, class: name, purity },
      })),
    },
  ];
}

function imbalance({ table, thresholds, classes, sizes, majority }: LabelInput): Finding[] {
  const figure = Math.max(...sizes) / Math.min(...sizes);
  if (figure < thresholds.imbalanceRatio) return [];
  return [
    {
      id: 'class-imbalance',
      severity: 'warning',
      columns: [table.labelName],
      count: classes.count,
      rows: [],
      figure,
      explanation: `The largest class is ${figure.toFixed(1)} times the smallest; always answering ${majority.name} is right in ${percent(majority.share)} of rows.`,
      advice: `Report recall for each class, and take ${percent(majority.share)} as the accuracy that costs nothing; split with method 'stratified'.`,
      details: classes.names.map((name, c) => ({
        class: name,
        rows: sizes[c],
        share: sizes[c] / table.rowCount,
      })),
    },
  ];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

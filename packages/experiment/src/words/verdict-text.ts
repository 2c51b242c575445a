import type { Difference } from '../analyse/difference.js';
import type { Verdict } from '../statistics/verdict.js';
import { count, differenceText, list, sizeText } from './numbers.js';

interface Said {
  /** The differences on new rows from the same source, of the primary measure. */
  readonly primary: readonly Difference[];
  /** Those of the other measures, with the measures' titles. */
  readonly others: readonly (readonly [title: string, differences: readonly Difference[]])[];
  readonly title: string;
  /** What a held-out unit is: row, group, panel. */
  readonly unit: string;
}

/** The verdict in words: first the primary measure, then in what else the arms differ. Plain sentences. */
export function verdictText({ primary, others, title, unit }: Said): string {
  if (primary.length === 0) return 'One arm alone: nothing was compared.';
  const sentences = [...primarySentences(primary, title, unit), ...otherSentences(others)];
  return sentences.join(' ');
}

const byVerdict = (differences: readonly Difference[], verdict: Verdict) =>
  differences.filter((difference) => difference.verdict === verdict);

/** The best first: the largest size of what is sure. */
const bySize = (differences: readonly Difference[]) =>
  [...differences].sort((a, b) => Math.abs(b.mean ?? 0) - Math.abs(a.mean ?? 0));

function primarySentences(differences: readonly Difference[], title: string, unit: string): string[] {
  const [{ baseline, measure, region }] = differences;
  const better = bySize(byVerdict(differences, 'better'));
  const worse = bySize(byVerdict(differences, 'worse'));
  const equivalent = byVerdict(differences, 'equivalent');
  const open = byVerdict(differences, 'not-shown');
  const within = `within ±${sizeText(measure, region)}`;
  const each = (list_: readonly Difference[]) =>
    list(list_.map((one) => `${one.arm}, ${differenceText(measure, one)}`));
  const named = (some: readonly Difference[]) => armsText(some, differences.length);
  const sentences: string[] = [];
  if (better.length > 0)
    sentences.push(`On new rows from the same source, better than ${baseline} in ${title}: ${each(better)}.`);
  else if (equivalent.length === differences.length)
    sentences.push(
      `It does not matter: on new rows from the same source, ${named(equivalent)} and ${baseline} have the same ${title} ${within}.`,
    );
  else if (open.length === differences.length)
    sentences.push(
      `Not shown: ${evidence(open, unit)} cannot tell ${named(open)} from ${baseline} in ${title}. That is not the same as equal.`,
    );
  else
    sentences.push(
      `No arm is shown to be better than ${baseline} in ${title} on new rows from the same source.`,
    );
  if (worse.length > 0) sentences.push(`Worse: ${each(worse)}.`);
  if (equivalent.length > 0 && equivalent.length < differences.length)
    sentences.push(
      `No practically relevant difference, ${within}: ${list(equivalent.map(({ arm }) => arm))}.`,
    );
  if (open.length > 0 && open.length < differences.length)
    sentences.push(`Not shown, either way: ${list(open.map(({ arm }) => arm))}.`);
  if (open.length > 0) sentences.push(neededText(open, unit, named));
  return sentences;
}

/** The arms by name, or together where they are all and many. */
const armsText = (some: readonly Difference[], all: number): string =>
  some.length === all && all > 2 ? `the other ${all} arms` : list(some.map(({ arm }) => arm));

const evidence = ([first]: readonly Difference[], unit: string) =>
  first.units > 0
    ? `${count(first.seeds, 'seed')} and ${count(first.units, `held-out ${unit}`)}`
    : count(first.seeds, 'seed');

/** What more would settle the open ones. */
function neededText(
  open: readonly Difference[],
  unit: string,
  named: (some: readonly Difference[]) => string,
): string {
  const bySeeds = open.filter(({ needed }) => needed.seeds !== null);
  const byRows = open.filter(({ needed }) => needed.seeds === null && needed.rows !== null);
  const parts: string[] = [];
  if (bySeeds.length > 0) {
    const most = Math.max(...bySeeds.map(({ needed }) => needed.seeds as number));
    parts.push(`about ${count(most, 'more seed')} would settle ${named(bySeeds)}`);
  }
  if (byRows.length > 0) {
    const most = Math.max(...byRows.map(({ needed }) => needed.rows as number));
    parts.push(
      `no number of seeds would settle ${named(byRows)}: that takes about ${count(most, `more ${unit}`)}`,
    );
  }
  if (parts.length === 0) return 'How many more would settle it cannot be told from these runs.';
  const text = parts.join('; ');
  return `If the differences are what they look like, ${text}.`;
}

function otherSentences(others: Said['others']): string[] {
  return others.flatMap(([title, differences]) => {
    const better = byVerdict(differences, 'better').map(({ arm }) => arm);
    const worse = byVerdict(differences, 'worse').map(({ arm }) => arm);
    if (better.length === 0 && worse.length === 0) return [];
    const parts = [
      ...(better.length > 0 ? [`${list(better)} better`] : []),
      ...(worse.length > 0 ? [`${list(worse)} worse`] : []),
    ];
    return [`In ${title}: ${parts.join('; ')}.`];
  });
}

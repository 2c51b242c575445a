import type { Design, Problem, RunRecord } from '@rectify/experiment';

/** For each class, the share of its held-out rows that an arm told right, over all runs; null where none was held out. */
export interface ArmRecall {
  readonly arm: string;
  readonly recall: Readonly<Record<string, number | null>>;
}

/** Recalls of every arm; none for a regression. */
export function recallOf(
  { truth, rows, classes }: Problem,
  design: Design,
  records: readonly RunRecord[],
): ArmRecall[] {
  if (classes.length === 0) return [];
  const placeOf = new Map(Array.from(rows, (row, place) => [row, place]));
  return design.arms.map(({ name }, a) => {
    const right = new Array<number>(classes.length).fill(0);
    const all = new Array<number>(classes.length).fill(0);
    for (const record of records)
      record.rows.forEach((row, i) => {
        const truly = truth[placeOf.get(row) as number];
        all[truly]++;
        if (record.arms[a].answer[i] === truly) right[truly]++;
      });
    return {
      arm: name,
      recall: Object.fromEntries(classes.map((one, c) => [one, all[c] === 0 ? null : right[c] / all[c]])),
    };
  });
}

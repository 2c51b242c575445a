import { type ComparedMeasure, compareRuns } from '../../src/analyse/compare-runs.js';
import type { Run } from '../../src/analyse/run.js';
import { measureNamed } from '../../src/measures/measure.js';
import { type Draws, draws } from '../../src/random/draws.js';
import { type Resampler, resampler } from '../../src/statistics/bootstrap.js';
import { criticalOf, intervalOf } from '../../src/statistics/estimate.js';
import { nadeauBengio } from '../../src/statistics/nadeau-bengio.js';
import { pairedT } from '../../src/statistics/paired-t.js';
import { sequenceCritical } from '../../src/statistics/sequence.js';
import { type TableKind, tableKinds } from './tables.js';
import { arms, trainTables, trueDifferences } from './train.js';

export interface SimulationOptions {
  /** Fresh tables for each case. */
  readonly tables: number;
  readonly seeds: number;
  /** Fresh tables for the truth of what is not planted. */
  readonly truthTables: number;
  /** Tables for the two-way bootstrap and for two arms at once, which take longer. */
  readonly bootstrapTables: number;
  readonly onProgress?: (text: string) => void;
}

/** What one case came to. */
export interface CaseResult {
  readonly kind: string;
  readonly measure: string;
  /** What was planted, in words. */
  readonly planted: string;
  readonly tables: number;
  /** Share of intervals that hold the truth, in percent. */
  readonly coverage: number;
  /** Share of verdicts better or worse, in percent: false alarms where the truth is 0, power else. */
  readonly called: number;
  /** Share of verdicts better or worse of the wrong sign. */
  readonly wrongSign: number;
  /** Standard error of the truth, in the measure's unit; 0 where it is known. */
  readonly truthError: number;
}

const logLoss: ComparedMeasure = { name: 'logLoss', title: 'log loss', higherIsBetter: false, region: 0 };
const accuracy: ComparedMeasure = {
  ...{ name: 'accuracy', title: 'accuracy', higherIsBetter: true, region: 0, bound: 1 },
};
const tablesAtOnce = 20;

/** Runs of fresh tables, some at a time, so that memory stays small. */
function* freshTables(kind: TableKind, tables: number, seeds: number, firstSeed: number): Generator<Run[]> {
  for (let from = 0; from < tables; from += tablesAtOnce) {
    const count = Math.min(tablesAtOnce, tables - from);
    yield* trainTables(
      kind,
      Array.from({ length: count }, (_, i) => firstSeed + from + i),
      seeds,
    );
  }
}

/** The two runs' arms as the pair that is compared, the second with an effect planted on its losses. */
function planted(runs: readonly Run[], arm: string, effect: (unit: number, row: number) => number): Run[] {
  return runs
    .filter((run) => run.arm === 'relu' || run.arm === arm)
    .map((run) => {
      if (run.arm === 'relu') return run;
      const own = run.losses?.get('logLoss') as ArrayLike<number>;
      const losses = new Map([
        ['logLoss', Float64Array.from(own, (loss, row) => loss + effect(run.units[row], row))],
      ]);
      return { ...run, losses };
    });
}

/** Mean 0 over units, and skewed: +2 in a third of them, −1 in the others; the same for a unit in every seed. */
const opposite = (unit: number) => (((unit * 2654435761) >>> 8) % 3 === 0 ? 2 : -1);

class Tally {
  #tables = 0;
  #covered = 0;
  #called = 0;
  #wrong = 0;

  add(
    { low, high, verdict }: { low: number | null; high: number | null; verdict: string },
    truth: number,
    higherIsBetter: boolean,
  ): void {
    this.#tables++;
    if (low !== null && high !== null && low <= truth && truth <= high) this.#covered++;
    if (verdict !== 'better' && verdict !== 'worse') return;
    this.#called++;
    if (truth !== 0 && ((verdict === 'better') !== truth > 0) === higherIsBetter) this.#wrong++;
  }

  result(kind: string, measure: string, plantedText: string, truthError = 0): CaseResult {
    const percent = (n: number) => (100 * n) / this.#tables;
    return {
      ...{ kind, measure, planted: plantedText, tables: this.#tables, truthError },
      ...{ coverage: percent(this.#covered), called: percent(this.#called) },
      wrongSign: percent(this.#wrong),
    };
  }
}

/** Every case of one kind of table. */
export function simulateKind(kind: TableKind, options: SimulationOptions): CaseResult[] {
  const { tables, seeds, truthTables, bootstrapTables, onProgress } = options;
  const resampling = resampler(kind.units);
  const compare = (runs: readonly Run[], measure: ComparedMeasure, estimand = 'source') =>
    compareRuns(runs, measure, { baseline: 'relu', level: 0.95 }, resampling).filter(
      (one) => one.estimand === estimand,
    );
  const truths = truthOf(kind, truthTables);
  const typical = typicalError(kind, seeds, resampling);
  const effects: [text: string, effect: (unit: number) => number, truth: number][] = [
    ['0, exchangeable arms', () => 0, 0],
    ['0, opposite effects', (unit) => 2 * typical * opposite(unit), 0],
    ...([2, -2, 4, -4] as const).map((k): [string, () => number, number] => [
      `${k > 0 ? '+' : '−'}${Math.abs(k)} SE`,
      () => k * typical,
      k * typical,
    ]),
  ];
  const tallies = effects.map(() => new Tally());
  const family = new Tally();
  const real = { logLoss: new Tally(), accuracy: new Tally() };
  const others = { t: new Tally(), nadeauBengio: new Tally() };
  const f1 = new Tally();
  let done = 0;
  for (const runs of freshTables(kind, tables, seeds, 1)) {
    for (const [i, [, effect, truth]] of effects.entries()) {
      // Effects by unit are dealt anew for each table, as the units are.
      const shift = 7 * done;
      const [found] = compare(
        planted(runs, 'twin 1', (unit) => effect(unit + shift)),
        logLoss,
      );
      tallies[i].add(found, truth, false);
    }
    const pair = runs.filter(({ arm }) => arm === 'relu' || arm === 'tanh');
    for (const [name, measure] of Object.entries({ logLoss, accuracy }))
      real[name as 'logLoss'].add(compare(pair, measure)[0], truths[name].mean, measure.higherIsBetter);
    const [ofTable] = compare(
      planted(runs, 'twin 1', () => 0),
      logLoss,
      'table',
    );
    others.t.add(ofTable, 0, false);
    others.nadeauBengio.add(byNadeauBengio(runs), 0, false);
    if (done < bootstrapTables) {
      f1.add(macroF1(runs, compare), 0, true);
      const twins = compare(
        runs.filter(({ arm }) => arm !== 'tanh'),
        logLoss,
      );
      family.add(twins.find(({ verdict }) => verdict !== 'not-shown') ?? twins[0], 0, false);
    }
    done++;
    if (done % 100 === 0) onProgress?.(`${kind.name}: ${done} of ${tables} tables`);
  }
  return [
    ...effects.map(([text], i) => tallies[i].result(kind.name, 'log loss', text)),
    real.logLoss.result(kind.name, 'log loss', 'tanh against relu', truths.logLoss.error),
    real.accuracy.result(kind.name, 'accuracy', 'tanh against relu', truths.accuracy.error),
    ...(bootstrapTables > 0
      ? [
          family.result(kind.name, 'log loss', '0, two arms at once'),
          f1.result(kind.name, 'macro F1', '0, exchangeable arms, bootstrap'),
        ]
      : []),
    others.t.result(kind.name, 'log loss', '0, by t over seeds alone'),
    others.nadeauBengio.result(kind.name, 'log loss', '0, by Nadeau-Bengio'),
  ];
}

function macroF1(
  runs: readonly Run[],
  compare: (
    runs: readonly Run[],
    measure: ComparedMeasure,
  ) => { low: number | null; high: number | null; verdict: string }[],
) {
  const measure: ComparedMeasure = {
    ...{ name: 'macroF1', title: 'macro F1', higherIsBetter: true, region: 0 },
    measure: measureNamed('macroF1'),
  };
  return compare(
    runs.filter(({ arm }) => arm === 'relu' || arm === 'twin 1'),
    measure,
  )[0];
}

/** The mean difference of tanh and relu on new rows, and its standard error. */
function truthOf(kind: TableKind, tables: number): Record<string, { mean: number; error: number }> {
  const found: Record<string, number>[] = [];
  for (let from = 0; from < tables; from += 100)
    found.push(
      ...trueDifferences(
        kind,
        Array.from({ length: Math.min(100, tables - from) }, (_, i) => 1_000_000 + from + i),
      ),
    );
  return Object.fromEntries(
    ['logLoss', 'accuracy'].map((name) => {
      const { mean, standardError } = pairedT(found.map((one) => one[name]));
      return [name, { mean, error: standardError }];
    }),
  );
}

/** The median standard error of no difference, by which effects are planted. */
function typicalError(kind: TableKind, seeds: number, resampling: Resampler): number {
  const errors: number[] = [];
  for (const runs of freshTables(kind, 40, seeds, 2_000_000)) {
    const found = compareRuns(
      runs.filter(({ arm }) => arm === 'relu' || arm === 'twin 1'),
      logLoss,
      { baseline: 'relu', level: 0.95 },
      resampling,
    ).find(({ estimand }) => estimand === 'source');
    // The half-width over t: exact enough for a size to plant.
    errors.push(((found?.high as number) - (found?.low as number)) / 4);
  }
  errors.sort((a, b) => a - b);
  return errors[20];
}

function byNadeauBengio(runs: readonly Run[]) {
  const scoreOf = (arm: string) =>
    runs
      .filter((run) => run.arm === arm)
      .map(({ losses }) => {
        const values = losses?.get('logLoss') as ArrayLike<number>;
        return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
      });
  const [a, b] = [scoreOf('relu'), scoreOf('twin 1')];
  const estimate = nadeauBengio(
    b.map((value, i) => value - a[i]),
    1 / 3,
  );
  const { low, high } = intervalOf(estimate, criticalOf(estimate, 0.95));
  return { low, high, verdict: low > 0 || high < 0 ? 'better' : 'not-shown' };
}

export interface LooksResult {
  readonly differences: string;
  readonly sequences: number;
  /** Sequences of 200 seeds, looked at every 10, that were called different at some look, in percent; the truth is 0. */
  readonly byT: number;
  readonly bySequence: number;
}

/** Differences of mean 0 of one seed. */
const ofOneSeed: Record<string, (random: Draws) => number> = {
  normal: ({ normal }) => normal(),
  'heavy-tailed (Laplace)': ({ uniform }) => Math.log(uniform() / uniform()),
  'skewed (exponential minus 1)': ({ uniform }) => -Math.log(uniform()) - 1,
};

/** Looking again and again: t at every look, and the confidence sequence. */
export function simulateLooks(name: string, sequences: number): LooksResult {
  const random = draws(77);
  let [byT, bySequence] = [0, 0];
  for (let i = 0; i < sequences; i++) {
    const differences = Array.from({ length: 200 }, () => ofOneSeed[name](random));
    let [t, sequence] = [false, false];
    for (let seeds = 10; seeds <= 200; seeds += 10) {
      const estimate = pairedT(differences.slice(0, seeds));
      const size = Math.abs(estimate.mean) / estimate.standardError;
      t ||= size > criticalOf(estimate, 0.95);
      sequence ||= size > Math.max(criticalOf(estimate, 0.95), sequenceCritical(seeds, { planned: 100 }));
    }
    if (t) byT++;
    if (sequence) bySequence++;
  }
  return {
    differences: name,
    sequences,
    byT: (100 * byT) / sequences,
    bySequence: (100 * bySequence) / sequences,
  };
}

export function simulate(options: SimulationOptions): { cases: CaseResult[]; looks: LooksResult[] } {
  return {
    cases: tableKinds.flatMap((kind) => simulateKind(kind, options)),
    looks: Object.keys(ofOneSeed).map((name) => simulateLooks(name, options.tables)),
  };
}

export { arms };

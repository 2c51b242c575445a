// What others read in `--json` and report.json, field by field; more fields may stand beside them, none of these may go or change its kind.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rectify } from './_command.js';

const number = v.number();
const text = v.string();
const numberOrNull = v.nullable(number);
const count = v.looseObject({ correct: number, total: number });
const parts = v.looseObject({ train: count, test: count });
const measures = v.record(text, v.looseObject({ mean: numberOrNull }));
const numbers = v.array(number);

const table = v.looseObject({
  ...{ rows: number, columns: number, classes: v.record(text, number), missing: number },
  ...{ exactDuplicates: number, panels: number, panelColumns: v.array(text) },
});

const article = v.looseObject({
  seed: number,
  search: v.nullable(v.looseObject({ seed: number, tried: number, found: v.boolean() })),
  ...{ before: parts, after: parts, largestWeightChange: number, reading: text },
  answers: v.looseObject({ Normal: number, Type1: number }),
});

const network = v.looseObject({
  ...{ seed: number, split: text, trainRows: number, testRows: number },
  ...{ trainAccuracy: number, testAccuracy: number, testLogLoss: number, classes: v.array(text) },
  recall: v.record(text, numberOrNull),
  confusion: v.array(numbers),
  curves: v.looseObject({
    ...{ trainLoss: numbers, testLoss: numbers, trainAccuracy: numbers, testAccuracy: numbers },
  }),
});

const comparison = v.looseObject({
  design: v.looseObject({}),
  arms: v.array(
    v.looseObject({
      ...{ name: text, activation: v.looseObject({ name: text }), runs: number, diverged: number },
      ...{ deadUnits: number, measures },
    }),
  ),
  baselines: v.looseObject({
    ...{ majority: v.looseObject({ measures }), oneRule: v.looseObject({ measures }) },
    logistic: v.looseObject({ measures }),
  }),
  differences: v.array(
    v.looseObject({
      ...{ arm: text, baseline: text, measure: text, estimand: v.picklist(['table', 'source']) },
      ...{ mean: number, low: numberOrNull, high: numberOrNull, level: number },
      verdict: v.picklist(['better', 'worse', 'equivalent', 'not-shown']),
      ...{ units: number, seeds: number },
      needed: v.looseObject({ seeds: numberOrNull, rows: numberOrNull }),
    }),
  ),
  verdict: v.looseObject({ text, primary: v.picklist(['accuracy', 'rmse']) }),
  warnings: v.array(text),
});

const report = v.looseObject({
  ...{ table, comparison },
  findings: v.array(v.looseObject({ id: text, severity: text, explanation: text })),
});

const onDiabetes = v.looseObject({
  ...report.entries,
  ...{ article, mended: v.looseObject({ random: network, panels: network }) },
});

/** What does not fit, by its place. */
const misfits = (schema: v.GenericSchema, data: unknown): string[] =>
  (v.safeParse(schema, data).issues ?? []).map(
    (issue) => `${v.getDotPath(issue)}: ${issue.message} (${JSON.stringify(issue.input)?.slice(0, 40)})`,
  );

describe('the fields that others read', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rectify-fields-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function compared(...args: string[]) {
    const out = join(folder, String(args.length));
    const { code, stdout, stderr } = await rectify(['compare', ...args, '--report', out, '--json']);
    expect(stderr.includes('Written') ? code : stderr).toBe(0);
    const printed = JSON.parse(stdout);
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toEqual(printed);
    return printed;
  }

  it('on the diabetes table, with the tutorial’s experiment', async () => {
    const data = await compared('--seeds', '2', '--epochs', '2', '--arms', 'relu,tanh');
    expect(misfits(onDiabetes, data)).toEqual([]);
  });

  it('on any table, and every option of the design', async () => {
    const path = join(folder, 'table.csv');
    const rows = Array.from(
      { length: 80 },
      (_, i) => `${i},${(i * 7) % 23},${'abc'[i % 3]},g${i % 8},${(i * i) % 31}`,
    );
    writeFileSync(path, `x,y,kind,team,z\n${rows.join('\n')}\n`);
    const arm = 'leaky_relu:negativeSlope=0.2@lr=0.01@init=he_uniform';
    const data = await compared(
      ...['--data', path, '--label', 'kind', '--features', 'y', '--features', 'z', '--group', 'team'],
      ...['--arms', `relu,${arm},elu:0.5`, '--baseline', 'tanh', '--seeds', '3', '--split', 'grouped'],
      ...['--hidden', '4x3', '--epochs', '2', '--batch', '7', '--prepare', 'robust'],
    );
    expect(misfits(report, data)).toEqual([]);
    expect(data).not.toHaveProperty('article');
    expect(data).not.toHaveProperty('mended');
    const { design, arms, differences } = data.comparison;
    expect(design).toMatchObject({
      ...{ label: 'kind', features: ['y', 'z'], baseline: 'tanh', seeds: 3, split: 'grouped' },
      ...{ hidden: [4, 3], epochs: 2, batch: 7, prepare: 'robust' },
      units: { kind: 'group', columns: ['team'] },
    });
    expect(arms.map(({ name }: { name: string }) => name).sort()).toEqual(
      [arm.replace('negativeSlope=', ''), 'elu:0.5', 'relu', 'tanh'].sort(),
    );
    expect(new Set(differences.map(({ baseline }: { baseline: string }) => baseline))).toEqual(
      new Set(['tanh']),
    );
  });

  it('of a regression', async () => {
    const path = join(folder, 'curve.csv');
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${Math.sin(i)},${i * 0.3 + Math.cos(i)}`);
    writeFileSync(path, `x,y,price\n${rows.join('\n')}\n`);
    const data = await compared(
      path,
      '--target',
      'price',
      '--seeds',
      '2',
      '--epochs',
      '2',
      '--arms',
      'relu,elu',
    );
    expect(misfits(report, data)).toEqual([]);
    expect(data.comparison.verdict.primary).toBe('rmse');
  });
});

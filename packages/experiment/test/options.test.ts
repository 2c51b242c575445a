// No option is ignored in silence: every export that takes options refuses one that nobody knows, by name.
import { expect, test } from 'vitest';
import * as experiment from '../src/index.js';
import { clouds } from './_tables.js';

const table = clouds();
const { design, problem } = experiment.resolveDesign(table, { seeds: 2, epochs: 1 });
const [chunk] = experiment.chunksOf(table, design);
const good = { arm: 'a', seed: 1, truth: [0, 1], predictions: [0, 1] };

/** A call of each with one option more than it has. */
const calls: Record<string, (unknown: object) => unknown> = {
  analyse: (more) => experiment.analyse([good as never], more),
  compare: (more) => experiment.compare(table, more),
  localRunner: (more) => experiment.localRunner(table, more),
  resolveDesign: (more) => experiment.resolveDesign(table, more),
  sequenceCritical: (more) => experiment.sequenceCritical(32, more),
  trainChunk: (more) => experiment.trainChunk(problem, chunk, more),
};

// Tables, designs, records, texts and numbers: data, no options.
const without = [
  'chunksOf',
  'comparisonOf',
  'criticalOf',
  'hiddenUnits',
  'holm',
  'intervalOf',
  'nadeauBengio',
  'needed',
  'pValueOf',
  'pairedT',
  'parseArm',
  'parseArms',
  'problemFor',
  'signFlip',
  'simultaneousCritical',
  'splitsOf',
  'studentQuantile',
  'studentTails',
  'tableHash',
  'unitsAndSeeds',
  'verdictOf',
];

test('each function that is exported stands here', () => {
  const exported = Object.entries(experiment).filter(([, value]) => typeof value === 'function');
  expect([...Object.keys(calls), ...without].sort()).toEqual(exported.map(([name]) => name).sort());
});

test.each(Object.entries(calls))('%s', async (_, call) => {
  await expect((async () => call({ zzqy: 1 }))()).rejects.toThrow(/has no .*"zzqy"/);
});

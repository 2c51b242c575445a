// No option is ignored in silence: every export that takes options refuses one that nobody knows, by name.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as dataset from '../src/index.js';
import * as node from '../src/node.js';

const table = dataset.sampleDiabetes();
const matrix = table.toMatrix();
const file = fileURLToPath(new URL('options.test.ts', import.meta.url));
const folds = { method: 'random', seed: 1, folds: 2 };

/** A call of each with one option more than it has. */
const calls: Record<string, (unknown: object) => unknown> = {
  audit: (more) => dataset.audit(table, more),
  auditAsync: (more) => dataset.auditAsync(table, more),
  checkSchema: (more) => dataset.checkSchema({ ...dataset.diabetesSchema, ...more }),
  findPanels: (more) => dataset.findPanels(table, more),
  fitEncoder: (more) => dataset.fitEncoder(table, more),
  fitImputer: (more) => dataset.fitImputer(table, { strategy: 'mean', ...more }),
  fitPca: (more) => dataset.fitPca(matrix, more),
  fitPcaAsync: (more) => dataset.fitPcaAsync(matrix, more),
  inferSchema: (more) => dataset.inferSchema('a\n1\n', more),
  inferSchemaFile: (more) => node.inferSchemaFile(file, more),
  loadTable: (more) => dataset.loadTable('a\n1\n', { schema: dataset.diabetesSchema, ...more }),
  loadTableFile: (more) => node.loadTableFile(file, more),
  negativeSharesAsync: (more) => dataset.negativeSharesAsync(table, more),
  openTable: (more) => dataset.openTable('a\n1\n', more),
  openTableFile: (more) => node.openTableFile(file, more),
  panelIds: (more) => dataset.panelIds(table, more),
  sampleDiabetes: (more) => dataset.sampleDiabetes(more),
  split: (more) => dataset.split(table, { ...folds, ...more } as never),
  splitAsync: (more) => dataset.splitAsync(table, { ...folds, ...more } as never),
  summarizeAsync: (more) => dataset.summarizeAsync(table, more),
};

/** Methods of what they give. */
const methods: Record<string, (unknown: object) => unknown> = {
  'table.toMatrix': (more) => table.toMatrix(undefined, more),
  'table.describeAsync': (more) => table.describeAsync(more),
};

// Tables, columns, matrices, numbers and what toJSON() gave: data, no options.
const without = [
  'dedupe',
  'encodeLabels',
  'encoderFromJson',
  'fitMinMaxScaler',
  'fitRobustScaler',
  'fitStandardScaler',
  'formatIssue',
  'formatNote',
  'idColumns',
  'imputerFromJson',
  'negativeShares',
  'pcaFromJson',
  'scalerFromJson',
  'shuffled',
  'summarize',
  'toFloat32',
];

test('each function that is exported stands here', () => {
  const isFunction = (value: unknown) => typeof value === 'function' && !/^class/.test(String(value));
  const exported = Object.entries({ ...dataset, ...node }).filter(([, value]) => isFunction(value));
  expect([...Object.keys(calls), ...without].sort()).toEqual(exported.map(([name]) => name).sort());
});

test.each(Object.entries({ ...calls, ...methods }))('%s', async (_, call) => {
  await expect((async () => call({ zzqy: 1 }))()).rejects.toThrow(/(has no|unknown).*"zzqy"/);
});

test('a path for the text of a table, without any option', async () => {
  await expect(dataset.loadTable('data/my.csv', undefined as never)).rejects.toThrow(
    'to read the file "data/my.csv" use loadTableFile of @rectify/dataset/node',
  );
  await expect(dataset.loadTable('a\n1\n', undefined as never)).rejects.toThrow(
    'what inferSchema(source) proposes',
  );
});

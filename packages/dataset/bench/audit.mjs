// pnpm bench:audit: summarize and audit of tables in memory, apart from reading, in processor seconds. With RECTIFY_PYTHON naming a Python that
// has pandas, the same figures (describe, duplicated, corr, nunique) by pandas beside them.
import { execFileSync } from 'node:child_process';
import { audit, summarize, Table } from '../dist/index.js';

const shapes = { '1,000,000 × 8': [1e6, 8], '1,079 × 857': [1079, 857], '100 × 5,000': [100, 5000] };
const seconds = (work) => {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return ((user + system) / 1e6).toFixed(2);
};

function tableOf(rows, width) {
  const columns = Array.from({ length: width }, () => ({
    kind: 'number',
    values: Float64Array.from({ length: rows }, () => Math.random() - 0.5),
  }));
  const codes = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const schema = {
    columns: [
      ...columns.map((_, j) => ({ name: `f${j}`, kind: 'number', role: 'feature' })),
      { name: 'class', kind: 'category', role: 'label' },
    ],
  };
  return new Table(schema, [...columns, { kind: 'category', codes, levels: ['a', 'b', 'c'] }], rows);
}

const pandas = (rows, width) => `
import time, numpy, pandas
frame = pandas.DataFrame(numpy.random.rand(${rows}, ${width}))
begun = time.process_time()
frame.describe(); frame.duplicated().sum(); frame.corr(); frame.nunique(); frame.isna().sum()
print(round(time.process_time() - begun, 2))`;

const python = process.env.RECTIFY_PYTHON;
const results = {};
for (const [shape, [rows, width]] of Object.entries(shapes)) {
  const table = tableOf(rows, width);
  results[shape] = {
    summarize: seconds(() => summarize(table)),
    audit: seconds(() => audit(table)),
    pandas: python
      ? execFileSync(python, ['-c', pandas(rows, width)], { encoding: 'utf8' }).trim()
      : 'set RECTIFY_PYTHON',
  };
}
console.table(results);

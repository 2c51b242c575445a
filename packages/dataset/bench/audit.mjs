// pnpm bench:audit: summarize and audit of tables in memory, apart from reading, in processor seconds, and the memory that summarize takes
// beside the table's own. With --python naming a Python that has pandas, the same figures (describe, duplicated, corr, nunique, isna) by pandas,
// and by DuckDB (SUMMARIZE and count of distinct rows) where that Python has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { audit, summarize } from '../dist/index.js';
import { shapes, tableOf } from './_tables.mjs';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, shape: { type: 'string' } },
});
if (values.shape !== undefined) {
  console.log(JSON.stringify(measured(shapes[values.shape])));
} else {
  const results = {};
  for (const [shape, { rows, width }] of Object.entries(shapes)) {
    // A process each: what one table leaves behind is not the next one's.
    const own = JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', ...process.argv.slice(1), '--shape', shape], {
        encoding: 'utf8',
      }),
    );
    results[shape] = { ...own, ...peers(rows, width) };
  }
  console.table(results);
}

function measured(shape) {
  const table = tableOf(shape);
  globalThis.gc?.();
  const { rss } = process.memoryUsage();
  const ofSummary = seconds(() => summarize(table));
  const beside = process.resourceUsage().maxRSS * 1024 - rss;
  const columns = shape.rows * (shape.width * 8 + 4);
  return {
    summarize: ofSummary,
    'beside, of the columns': (beside / columns).toFixed(2),
    audit: seconds(() => audit(table)),
  };
}

function seconds(work) {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return ((user + system) / 1e6).toFixed(2);
}

/** Processor seconds of pandas and of DuckDB on one thread, on as many numbers. */
function peers(rows, width) {
  const frame = `import time, numpy, pandas\nframe = pandas.DataFrame(numpy.random.rand(${rows}, ${width})).rename(columns=str)\n`;
  const timed = (work) =>
    `begun = time.process_time()\n${work}\nprint(round(time.process_time() - begun, 2))`;
  return {
    pandas: python(
      frame +
        timed(
          'frame.describe(); frame.duplicated().sum(); frame.corr(); frame.nunique(); frame.isna().sum()',
        ),
    ),
    DuckDB: python(
      `${frame}import duckdb\ncon = duckdb.connect()\ncon.execute("SET threads TO 1")\n` +
        timed(
          'con.execute("SUMMARIZE frame").fetchall(); con.execute("SELECT count(*) FROM (SELECT DISTINCT * FROM frame)").fetchall()',
        ),
    ),
  };
}

function python(script) {
  const { status, stdout, stderr } = spawnSync(values.python, ['-c', script], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  return /No module named '(\w+)'/.exec(stderr)?.[0] ?? (stderr || 'not found').trim().split('\n').at(-1);
}

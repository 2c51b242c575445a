// Passes 10,000 chunks through a real Redis and two workers, and compares every result with this machine's own:
//   node scripts/queue-load.mjs [chunks]        (after `npm run build`; needs redis-server)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTable } from '@rectify/dataset';
import { chunksOf, localRunner, resolveDesign } from '@rectify/experiment';
import { queueAddress } from '../dist/queue/connection.js';
import { queueRunner } from '../dist/queue/queue-runner.js';

const wanted = Number(process.argv[2] ?? 10_000);
const port = 16_379;
const url = `redis://127.0.0.1:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'rectify-queue-load-'));
const cli = new URL('../dist/cli.js', import.meta.url).pathname;

const table = await loadTable(
  `x,kind\n${Array.from({ length: 20 }, (_, i) => `${(i % 7) + i / 10},${'ab'[i % 2]}`).join('\n')}\n`,
  {
    schema: {
      columns: [
        { name: 'x', kind: 'number', role: 'feature' },
        { name: 'kind', kind: 'category', role: 'label', levels: ['a', 'b'] },
      ],
    },
  },
);

/** 2,500 chunks are all that one comparison has: further ones begin at further seeds. */
const chunks = [];
for (let seed = 1; chunks.length < wanted; seed += 10_000)
  chunks.push(
    ...chunksOf(table, resolveDesign(table, { arms: 'relu,tanh', seeds: 10_000, seed, epochs: 1 }).design),
  );
chunks.length = wanted;

const redis = spawn(
  'redis-server',
  [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''],
    ...['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
await once(redis.stdout, 'data');
redis.stdout.resume();
const workers = [1, 2].map(() =>
  spawn(process.execPath, [cli, 'worker', '--queue', url, '--threads', '1'], { stdio: 'ignore' }),
);

try {
  const started = performance.now();
  const seen = new Map();
  for await (const { key, records } of queueRunner(queueAddress(url), table).run(chunks)) {
    if (seen.has(key)) throw new Error(`the chunk ${key} came twice`);
    seen.set(key, JSON.stringify(records));
  }
  const seconds = (performance.now() - started) / 1000;
  const localStarted = performance.now();
  for await (const { key, records } of localRunner(table).run(chunks))
    if (seen.get(key) !== JSON.stringify(records)) throw new Error(`the chunk ${key} differs`);
  const local = (performance.now() - localStarted) / 1000;
  console.log(
    `${seen.size} of ${wanted} chunks passed in ${seconds.toFixed(1)} s, each as here (${local.toFixed(1)} s on one thread)`,
  );
} finally {
  for (const worker of workers) worker.kill();
  redis.kill();
  await once(redis, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

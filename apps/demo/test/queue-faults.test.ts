import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTableFile } from '@rectify/dataset/node';
import { type Chunk, chunksOf, engineVersion, resolveDesign } from '@rectify/experiment';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { queueAddress } from '../src/queue/connection.js';
import { prefix, queueName } from '../src/queue/names.js';
import { queueRunner } from '../src/queue/queue-runner.js';
import { handIn, markTaken, readResults, resultText } from '../src/queue/results.js';
import { sendTable } from '../src/queue/tables.js';
import { rectify } from './_command.js';
import { collect, queuePrograms } from './_queue.js';
import { hasRedis, RedisServer, redisNote, until } from './_redis.js';

const password = 'hunter2-very-secret';

describe('the address of a queue', () => {
  it.each([
    ['http://host:6379', /--queue must be a URL such as redis:/],
    [`${password}@host`, /--queue must be a URL/],
    [`redis://user:${password}@host:6379/a/b`, /number of a database/],
  ])('%s is refused without being shown', async (text, message) => {
    const { code, stdout, stderr } = await rectify(['compare', '--queue', text]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toContain(password);
  });

  it('takes user and password from the URL, else from the environment, and shows neither', () => {
    const env = { RECTIFY_REDIS_USER: 'me', RECTIFY_REDIS_PASSWORD: 'p@ss/w:rd' };
    const { url, shown } = queueAddress('rediss://queue.example:6380/2', env);
    expect(decodeURIComponent(url.username)).toBe('me');
    expect(decodeURIComponent(url.password)).toBe('p@ss/w:rd');
    expect(shown).toBe('rediss://queue.example:6380/2');
    const own = queueAddress(`redis://you:${password}@queue.example`, env);
    expect(own.url.username).toBe('you');
    expect(own.shown).toBe('redis://queue.example');
  });
});

describe.skipIf(!hasRedis)(`a queue that something is wrong with${redisNote}`, { timeout: 120_000 }, () => {
  let folder: string;
  let table: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rectify-faults-'));
    table = join(folder, 'table.csv');
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 17},${(i * 7) % 23},${'ab'[i % 2]}`);
    writeFileSync(table, `x,y,kind\n${rows.join('\n')}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  let redis: RedisServer | undefined;
  afterEach(async () => {
    await redis?.stop();
    redis = undefined;
  });

  const comparison = (url: string) => [
    ...['compare', table, '--label', 'kind', '--seeds', '8', '--epochs', '5', '--arms', 'relu,tanh'],
    ...['--queue', url, '--report', join(folder, 'report')],
  ];
  const everyCommand = (url: string) => [
    comparison(url),
    ['worker', '--queue', url],
    ['queue', '--queue', url],
  ];

  const someChunks = async () => {
    const opened = await openTableFile(table, { label: 'kind' });
    const { design } = resolveDesign(opened.table, { arms: 'relu,tanh', seeds: 8, epochs: 5 });
    return { table: opened.table, chunks: chunksOf(opened.table, design) };
  };

  it('absent', async () => {
    redis = await RedisServer.start();
    const url = redis.url.replace('redis://', `redis://me:${password}@`);
    await redis.kill();
    for (const args of everyCommand(url)) {
      const { code, stderr, stdout } = await rectify(args);
      expect(stderr).toMatch(/redis:\/\/127\.0\.0\.1:\d+: no Redis answers there\n$/);
      expect(stdout + stderr).not.toContain(password);
      expect(code).toBe(3);
    }
  });

  it('behind another password', async () => {
    redis = await RedisServer.start('--requirepass', 'another');
    const url = redis.url.replace('redis://', `redis://:${password}@`);
    for (const args of [...everyCommand(url), ['queue', '--queue', redis.url]]) {
      const { code, stderr, stdout } = await rectify(args);
      expect(stderr).toMatch(
        /Redis refuses the user or the password \(in the URL, or RECTIFY_REDIS_USER and/,
      );
      expect(stdout + stderr).not.toContain(password);
      expect(code).toBe(3);
    }
    const { code, stdout } = await rectify(['queue', '--queue', redis.url.replace('//', '//:another@')]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('another');
  });

  it('full', async () => {
    redis = await RedisServer.start('--maxmemory', '1mb');
    const { code, stderr } = await rectify(comparison(redis.url));
    expect(stderr).toMatch(/redis:\/\/127.*: Redis is full: it needs more memory \(maxmemory\)\n$/);
    expect(code).toBe(3);
  });

  it('a chunk that no worker can train is told of with its reason, and seen in the queue', async () => {
    redis = await RedisServer.start();
    const { table, chunks } = await someChunks();
    const arms = chunks[0].design.arms.map((arm) => ({
      ...arm,
      activation: { name: 'nonsense', params: {} },
    }));
    const broken = { ...chunks[0], design: { ...chunks[0].design, arms } } as unknown as Chunk;
    // As a comparison that was killed leaves it: one that goes on takes what has failed away.
    const client = redis.client();
    const queue = new Queue(queueName, { connection: client, prefix });
    await sendTable(client, table, broken.tableHash);
    await queue.add('chunk', broken, { jobId: broken.key });
    const programs = await queuePrograms();
    const worker = programs.rectify('worker', '--queue', redis.url);
    try {
      await until('the chunk failed', async () => {
        const { stdout } = await rectify(['queue', '--json', '--queue', redis?.url ?? '']);
        return JSON.parse(stdout).failed.some(({ reason }: { reason: string }) => /nonsense/.test(reason));
      });
      await expect(collect(queueRunner(queueAddress(redis.url), table).run([broken]))).rejects.toThrow(
        /no worker could train the chunk .*: .*nonsense/,
      );
    } finally {
      await queue.close();
      client.disconnect();
      worker.child.kill('SIGTERM');
      await worker.ended;
      programs.remove();
    }
  });

  it('a second result must have the bytes of the first, also when that has been taken', async () => {
    redis = await RedisServer.start();
    const client = redis.client();
    const { table, chunks } = await someChunks();
    const key = chunks[0].key;
    const records = [{ seed: 1 }] as never;
    expect(await handIn(client, key, resultText({ records, seconds: 1 }))).toBe(true);
    expect(await handIn(client, key, resultText({ records, seconds: 2 }))).toBe(true);
    const [found] = await collect(readResults(client, [key]));
    expect(found).toEqual([{ key, records, seconds: 1 }]);
    await markTaken(client, found);
    expect((await collect(readResults(client, [key]))).flat()).toEqual([]);
    expect(await handIn(client, key, resultText({ records, seconds: 3 }))).toBe(true);
    const other = resultText({ records: [{ seed: 2 }] as never, seconds: 1 });
    expect(await handIn(client, key, other)).toBe(false);
    client.disconnect();
    await expect(collect(queueRunner(queueAddress(redis.url), table).run(chunks))).rejects.toThrow(
      /two workers came to different records of the chunk/,
    );
  });

  it('workers of another version: both sides say so', async () => {
    redis = await RedisServer.start();
    const { url } = redis;
    const older = await queuePrograms({ [engineVersion]: 'rectify-experiment/0' });
    const worker = older.rectify('worker', '--queue', url);
    try {
      const client = redis.client();
      await until('the worker is there', async () => (await client.scard('rectify:workers')) > 0);
      client.disconnect();
      const { table, chunks } = await someChunks();
      const stop = new AbortController();
      const notes: string[] = [];
      const runner = queueRunner(queueAddress(url), table, { onNote: (text) => notes.push(text) });
      const running = collect(runner.run(chunks, { signal: stop.signal }));
      await until('the worker says it', () => worker.said().includes(`this worker of rectify-experiment/0`));
      expect(worker.said()).toMatch(new RegExp(`a comparison on .* is of ${engineVersion}, this worker of`));
      expect(notes).toEqual([
        `no worker of ${engineVersion} is connected, only of rectify-experiment/0: install the same version there`,
      ]);
      stop.abort();
      await expect(running).rejects.toBe(stop.signal.reason);
      expect(JSON.parse((await rectify(['queue', '--json', '--queue', url])).stdout)).toMatchObject({
        ...{ waiting: 0, running: [], failed: [], comparisons: [] },
        workers: [{ engine: 'rectify-experiment/0' }],
      });
    } finally {
      worker.child.kill('SIGTERM');
      await worker.ended;
      older.remove();
    }
  });
});

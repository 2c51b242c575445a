import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTableFile } from '@rectify/dataset/node';
import { chunksOf, localRunner, resolveDesign } from '@rectify/experiment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueAddress } from '../src/queue/connection.js';
import { queueName } from '../src/queue/names.js';
import { queueRunner } from '../src/queue/queue-runner.js';
import { collect, queuePrograms } from './_queue.js';
import { hasRedis, RedisServer, redisNote, until } from './_redis.js';

describe.skipIf(!hasRedis)(`a queue on a real Redis${redisNote}`, { timeout: 240_000 }, () => {
  let programs: Awaited<ReturnType<typeof queuePrograms>>;
  let redis: RedisServer;
  let folder: string;
  let table: string;
  beforeAll(async () => {
    programs = await queuePrograms();
    redis = await RedisServer.start();
    folder = mkdtempSync(join(tmpdir(), 'rectify-queue-'));
    table = join(folder, 'table.csv');
    const row = (i: number) => `${i % 17},${(i * 7) % 23},${(i * i) % 19},${'abc'[i % 3]}`;
    writeFileSync(table, `x,y,z,kind\n${Array.from({ length: 200 }, (_, i) => row(i)).join('\n')}\n`);
  }, 120_000);
  afterAll(async () => {
    await redis.stop();
    programs.remove();
    rmSync(folder, { recursive: true });
  });

  const startWorkers = (count: number) =>
    Array.from({ length: count }, () => programs.rectify('worker', '--queue', redis.url, '--threads', '1'));
  const endAll = (workers: ReturnType<typeof startWorkers>) =>
    Promise.all(
      workers.map(({ child, ended }) => {
        child.kill('SIGTERM');
        return ended;
      }),
    );
  const chunksDone = (report: string) => {
    const path = join(report, 'runs.partial.jsonl');
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 2 : 0;
  };
  const design = async (seeds: number, epochs: number) => {
    const small = join(folder, 'small.csv');
    writeFileSync(
      small,
      `x,kind\n${Array.from({ length: 20 }, (_, i) => `${(i % 7) + i / 10},${'ab'[i % 2]}`).join('\n')}\n`,
    );
    const opened = await openTableFile(small, { label: 'kind' });
    const options = { arms: 'relu,tanh', seeds, epochs };
    return { table: opened.table, ...resolveDesign(opened.table, options) };
  };

  it('loses no run and does none twice when a worker, Redis and the coordinator are killed', async () => {
    const args = [
      ...['compare', table, '--label', 'kind', '--seeds', '96', '--epochs', '200', '--arms', 'relu,tanh'],
    ];
    const [shared, local] = [join(folder, 'shared'), join(folder, 'local')];
    const workers = startWorkers(3);
    const first = programs.rectify(...args, '--queue', redis.url, '--report', shared);
    await until('3 chunks are done', () => chunksDone(shared) >= 3);
    workers[0].child.kill('SIGKILL');
    await until('6 chunks are done', () => chunksDone(shared) >= 6);
    await redis.kill();
    await redis.begin();
    // Results come over another connection, which may be back sooner than the one that says so.
    await until('Redis is back', () => /Redis is back/.test(first.said()));
    await until('10 chunks are done', () => chunksDone(shared) >= 10);
    first.child.kill('SIGKILL');
    await first.ended;
    const before = chunksDone(shared);
    expect(before).toBeLessThan(24);
    const second = await programs.rectify(...args, '--queue', redis.url, '--resume', shared).ended;
    expect(second.code).toBe(0);
    expect(first.said()).toMatch(/Redis is away: waiting for it to come back\n.*Redis is back/);
    const [killed, ...others] = await endAll(workers);
    expect(killed.signal).toBe('SIGKILL');
    expect(others.map(({ code }) => code)).toEqual([143, 143]);
    expect((await programs.rectify(...args, '--report', local).ended).code).toBe(0);
    for (const name of ['runs.jsonl', 'runs.csv'])
      expect(readFileSync(join(shared, name), 'utf8')).toBe(readFileSync(join(local, name), 'utf8'));
    const trained = others.flatMap(({ stderr }) => stderr.match(/(?<=chunk )\w{12}(?=: )/g) ?? []);
    expect(new Set(trained).size).toBe(trained.length);
  });

  it('passes 300 chunks of two comparisons at once, each result as this machine gives it', async () => {
    const client = redis.client();
    await client.flushall(); // what a worker left that was killed before
    const workers = startWorkers(1);
    const { table, design: one } = await design(600, 1);
    const chunks = [one, { ...one, epochs: 2 }].map((each) => chunksOf(table, each));
    const results = await Promise.all(
      chunks.map((own) => collect(queueRunner(queueAddress(redis.url), table).run(own))),
    );
    await endAll(workers);
    const sorted = (all: { key: string; records: unknown }[]) =>
      all.map(({ key, records }) => ({ key, records })).sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const [i, own] of results.entries())
      expect(sorted(own)).toEqual(sorted(await collect(localRunner(table).run(chunks[i]))));
    expect(await client.keys('rectify:chunks-*:*[0-9a-f][0-9a-f][0-9a-f][0-9a-f]')).toEqual([]);
    client.disconnect();
  });

  it('ended early, takes back what no worker has begun', async () => {
    const { table, design: one } = await design(80, 3);
    const chunks = chunksOf(table, one);
    const stop = new AbortController();
    const client = redis.client();
    const running = collect(queueRunner(queueAddress(redis.url), table).run(chunks, { signal: stop.signal }));
    const waiting = () => client.llen(`rectify:${queueName}:wait`);
    await until('they wait', async () => (await waiting()) === chunks.length);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(await waiting()).toBe(0);
    client.disconnect();
  });

  it('ended while Redis is away, ends all the same', async () => {
    const { table, design: one } = await design(80, 3);
    const stop = new AbortController();
    const notes: string[] = [];
    const runner = queueRunner(queueAddress(redis.url), table, { onNote: (text) => notes.push(text) });
    const running = collect(runner.run(chunksOf(table, one), { signal: stop.signal }));
    await until('it waits for workers', () => notes.length > 0);
    await redis.kill();
    await until('it has seen that', () => notes.some((text) => /Redis is away/.test(text)));
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await redis.begin();
  });
});

// What the page on the queue says of setting one up, tried: TLS, the compose file, an installation without the packages, and chunks that
// take longer than a lock lasts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { queuePrograms } from './_queue.js';
import { freePort, hasRedis, RedisServer, redisNote, until } from './_redis.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const LOCK_MS = 400;

describe.skipIf(!hasRedis)(`a queue set up${redisNote}`, { timeout: 120_000 }, () => {
  let programs: Awaited<ReturnType<typeof queuePrograms>>;
  let folder: string;
  let table: string;
  let redis: RedisServer | undefined;
  beforeAll(async () => {
    // A lock of less than a second, so that a chunk need not take ten.
    programs = await queuePrograms({
      'lockDuration: 10_000': `lockDuration: ${LOCK_MS}`,
      'stalledInterval: 5_000': `stalledInterval: ${LOCK_MS / 2}`,
    });
    folder = mkdtempSync(join(tmpdir(), 'rectify-setups-'));
    table = join(folder, 'table.csv');
    const rows = Array.from({ length: 200 }, (_, i) => `${i % 17},${(i * 7) % 23},${'ab'[i % 2]}`);
    writeFileSync(table, `x,y,kind\n${rows.join('\n')}\n`);
  }, 60_000);
  afterEach(async () => {
    await redis?.stop();
    redis = undefined;
  });
  afterAll(() => {
    programs.remove();
    rmSync(folder, { recursive: true });
  });
  const compare = (report: string, epochs: number, ...more: string[]) => [
    ...['compare', table, '--label', 'kind', '--seeds', '4', '--arms', 'relu,tanh', '--hidden', '32x32'],
    ...['--epochs', String(epochs), '--report', join(folder, report), ...more],
  ];
  const endOf = ({ child, ended }: ReturnType<typeof programs.rectify>) => {
    child.kill('SIGTERM');
    return ended;
  };

  it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
    'over TLS, by an authority of one’s own',
    async () => {
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
      spawnSync('openssl', [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-keyout', key, '-out', certificate, '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ]);
      const port = await freePort();
      redis = await RedisServer.start(
        ...['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key],
        ...['--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no', '--requirepass', 'pass-word'],
      );
      const args = ['queue', '--json', '--queue', `rediss://:pass-word@127.0.0.1:${port}`];
      const stranger = await programs.rectify(...args).ended;
      expect(stranger.stderr).toMatch(/^rediss:\/\/127\.0\.0\.1:\d+: self-signed certificate\n$/);
      expect(stranger.code).toBe(3);
      const known = await programs.rectifyWith({ env: { NODE_EXTRA_CA_CERTS: certificate } }, ...args).ended;
      expect(known).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(known.stdout)).toMatchObject({ waiting: 0, workers: [] });
    },
  );

  it('as the compose file has it: its Redis and its worker find each other', async () => {
    const text = readFileSync(here('../docs/compose.yaml'), 'utf8');
    const [server, worker] = text.split(/^ {2}(?=redis:|worker:)/m).slice(1);
    const password = 'of-the-environment';
    const filled = (line: string) => line.replaceAll(/\$\{RECTIFY_REDIS_PASSWORD(:\?)?\}/g, password);
    const command = Array.from(server.matchAll(/^ {6}- "?([^"\n]+)"?$/gm), ([, word]) => filled(word));
    const settings = command.slice(1).filter((word) => !/^(redis:|127\.)/.test(word)); // volumes and ports
    expect(command[0]).toBe('redis-server');
    expect(settings).toContain('noeviction');
    redis = await RedisServer.start(...settings);
    const environment = Object.fromEntries(
      Array.from(worker.matchAll(/^ {6}(RECTIFY_\w+): (.+)$/gm), ([, name, value]) => [name, filled(value)]),
    );
    const [, line = ''] = /^ {4}command: \[(.+)\]$/m.exec(worker) ?? [];
    const words = line.split(', ').map((word) => word.replaceAll('"', ''));
    expect(words.slice(0, 4)).toEqual(['npx', '--yes', '--package', '@rectify/demo']);
    expect(environment.RECTIFY_QUEUE).toBe('redis://redis:6379');
    const env = { ...environment, RECTIFY_QUEUE: redis.url };
    const started = programs.rectifyWith({ env }, ...words.slice(5));
    const seen = async () => (await programs.rectifyWith({ env }, 'queue', '--json').ended).stdout;
    await until('the worker is there', async () => JSON.parse(await seen()).workers.length === 1);
    expect(await seen()).not.toContain(password);
    expect((await endOf(started)).code).toBe(143);
  });

  it('without its packages: says which, and does everything else', async () => {
    redis = await RedisServer.start();
    const node = ['--import', here('_without-queue-packages.mjs')];
    for (const args of [
      compare('absent', 1, '--queue', redis.url),
      ['worker', '--queue', redis.url],
      ['queue', '--queue', redis.url],
    ]) {
      const { code, stderr } = await programs.rectifyWith({ node }, ...args).ended;
      expect(stderr).toMatch(
        /the queue needs the package bullmq, which is not installed: npm install bullmq\n$/,
      );
      expect(code).toBe(3);
    }
    expect((await programs.rectifyWith({ node }, ...compare('local', 1)).ended).code).toBe(0);
  });

  it('a chunk that takes longer than a lock is trained once, by whoever has it', async () => {
    redis = await RedisServer.start();
    const { url } = redis;
    const workers = [0, 1].map(() => programs.rectify('worker', '--queue', url, '--threads', '1'));
    const { code } = await programs.rectify(...compare('long', 3000, '--queue', url)).ended;
    expect(code).toBe(0);
    const said = (await Promise.all(workers.map(endOf))).map(({ stderr }) => stderr).join('');
    const trained = Array.from(said.matchAll(/chunk (\w{12}): ([\d.]+) s/g));
    expect(trained).toHaveLength(1);
    expect(Number(trained[0][2])).toBeGreaterThan((2 * LOCK_MS) / 1000); // else this shows nothing: it takes some five locks
    expect(said).not.toMatch(/stalled|lock/);
  });
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** Whether there is a redis-server to test with; with CI=true there must be one. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
export const redisNote = hasRedis ? '' : ' (skipped: no redis-server is installed)';
if (!hasRedis && process.env.CI === 'true') throw new Error('CI=true, but no redis-server is installed');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A Redis of its own on loopback, with its data in a folder of its own. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, settings: readonly string[]) {
    this.port = port;
    this.#settings = settings;
    this.#folder = mkdtempSync(join(tmpdir(), 'rectify-redis-'));
  }

  /** With an append-only file and nothing evicted, as the docs say; and with further settings as redis-server takes them. */
  static async start(...settings: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, with what its folder holds. */
  async begin(): Promise<void> {
    this.#process = spawn(
      'redis-server',
      [
        ...['--bind', '127.0.0.1', '--port', String(this.port), '--dir', this.#folder, '--save', ''],
        ...['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', ...this.#settings],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const line of this.#process.stdout ?? [])
      if (String(line).includes('Ready to accept connections')) break;
    this.#process.stdout?.resume();
  }

  /** As a loss of power: nothing is tidied up. */
  async kill(): Promise<void> {
    if (this.#process?.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  client(): Redis {
    return new Redis(this.url, { maxRetriesPerRequest: null });
  }
}

/** Waits until something is so. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${ms / 1000} s: ${what}`);
    await sleep(20);
  }
}

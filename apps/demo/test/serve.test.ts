import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headers, policy } from '../src/serve/policy.js';
import { serve } from '../src/serve/serve.js';

describe('rectify serve', () => {
  let root: string;
  let url: string;
  const stop = new AbortController();
  let ended: Promise<void>;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'rectify-serve-'));
    mkdirSync(join(root, 'web/assets'), { recursive: true });
    writeFileSync(join(root, 'secret.txt'), 'mine');
    writeFileSync(join(root, 'web/index.html'), '<!doctype html>page');
    writeFileSync(join(root, 'web/assets/a-1234.js'), '1');
    ({ url, ended } = await serve({
      port: 0,
      host: '127.0.0.1',
      folder: join(root, 'web'),
      signal: stop.signal,
    }));
  });
  afterAll(async () => {
    stop.abort();
    await ended;
    rmSync(root, { recursive: true });
  });

  it('serves the page under its policy, and says how long each file may be kept', async () => {
    const page = await fetch(url);
    expect(await page.text()).toBe('<!doctype html>page');
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const asset = await fetch(`${url}assets/a-1234.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-type')).toContain('javascript');
  });

  it.each(['../secret.txt', '%2e%2e/secret.txt', '..%2fsecret.txt', 'absent.html', 'assets/'])(
    'serves nothing else: %s',
    async (path) => {
      const answer = await fetch(url + path);
      expect([404, 400]).toContain(answer.status);
      expect(await answer.text()).not.toContain('mine');
    },
  );

  it('is what the page on hosting says of headers', () => {
    const page = readFileSync(new URL('../docs/hosting.md', import.meta.url), 'utf8');
    const said = page.replaceAll(/\s+/g, ' ');
    expect(said).toContain(policy);
    for (const [name, value] of Object.entries(headers)) {
      expect(said).toContain(name);
      expect(said).toContain(value.replace(`${policy}; `, ''));
    }
    expect(said).toContain(`Content-Security-Policy "${headers['Content-Security-Policy']}"`);
  });

  it('takes no other methods', async () => {
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('says that the port is taken, and that the app is not built', async () => {
    const port = Number(new URL(url).port);
    const again = serve({ port, host: '127.0.0.1', folder: join(root, 'web') });
    await expect(again).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
    await expect(serve({ port: 0, host: '127.0.0.1', folder: root })).rejects.toThrow(/is not built/);
  });
});

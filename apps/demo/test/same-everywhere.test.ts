import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleDiabetes } from '@rectify/dataset';
import { compare, type RunRecord } from '@rectify/experiment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rectify } from './_command.js';
import { buildPrograms, run } from './_process.js';

/** The command as it is installed, with the file that its threads run beside it. */
const entries = {
  rectify: 'src/cli.ts',
  'node-worker': '../../packages/replicas/src/workers/node-worker.ts',
};

describe('the same seeds give the same records and statistics', { timeout: 120_000 }, () => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  let folder: string;
  beforeAll(async () => {
    programs = await buildPrograms(entries);
    folder = mkdtempSync(join(tmpdir(), 'rectify-same-'));
  }, 60_000);
  afterAll(() => {
    programs.remove();
    rmSync(folder, { recursive: true });
  });

  const of = (name: string) => join(folder, name);
  const args = ['compare', '--seeds', '8', '--epochs', '5', '--arms', 'relu,gelu,prelu:0.25', '--report'];
  const process_ = (name: string, more: string[], node: string[] = []) =>
    run(process.execPath, [...node, programs.path('rectify'), ...args, of(name), ...more]).ended;

  it('on the calling thread, on one other, on three, and without WebAssembly', async () => {
    expect((await rectify([...args, of('here')])).code).toBe(0);
    expect(await process_('one', ['--threads', '1'])).toMatchObject({ code: 0 });
    expect(await process_('three', ['--threads', '3'])).toMatchObject({ code: 0 });
    expect(await process_('js', [], ['--no-expose-wasm'])).toMatchObject({ code: 0 });
    const runs = (name: string) => readFileSync(join(of(name), 'runs.jsonl'), 'utf8');
    const comparison = (name: string) =>
      JSON.parse(readFileSync(join(of(name), 'report.json'), 'utf8')).comparison;
    for (const name of ['one', 'three', 'js']) {
      expect(runs(name)).toBe(runs('here'));
      expect(comparison(name)).toEqual(comparison('here'));
    }
    // What `compare` gives in Node is what it gives in Chromium: packages/experiment/test/browser.test.ts.
    const records: RunRecord[] = [];
    const compared = await compare(sampleDiabetes(), {
      ...{ arms: 'relu,gelu,prelu:0.25', seeds: 8, epochs: 5 },
      onResult: (result) => records.push(...result.records),
    });
    const [, ...lines] = runs('here').trimEnd().split('\n');
    const written: RunRecord[] = lines.flatMap((line) => JSON.parse(line).records);
    expect(written.sort((a, b) => a.seed - b.seed)).toEqual(JSON.parse(JSON.stringify(records)));
    expect(JSON.parse(JSON.stringify(compared))).toEqual(comparison('here'));
  });
});

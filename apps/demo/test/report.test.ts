import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, sampleDiabetes, summarize } from '@rectify/dataset';
import type { ChunkResult } from '@rectify/experiment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curvesOf } from '../src/comparison/curves.js';
import { recallOf } from '../src/comparison/recall.js';
import { commandOf } from '../src/comparison/request.js';
import { planComparison, runComparison } from '../src/comparison/run-comparison.js';
import { printed } from '../src/report/print.js';
import type { Report } from '../src/report/report.js';
import { reportPage } from '../src/report/report-page.js';
import { checkReportFolder, reportFiles, writeReport } from '../src/report/write-report.js';
import type { RunsHeader } from '../src/runs/run-log.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { type TutorialResults, tutorialExperiments } from '../src/tutorial/experiments.js';

let folder: string;
let report: Report & TutorialResults;
let header: RunsHeader;
let done: readonly ChunkResult[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-report-'));
  await useReproducibleBackend();
  const table = sampleDiabetes();
  const planned = planComparison(table, { arms: 'relu,leaky_relu:0.05', seeds: 3, seed: 4, epochs: 2 });
  const ran = await runComparison(planned, {});
  ({ header } = planned);
  ({ done } = ran);
  const { findings, skipped } = audit(table);
  report = {
    table: summarize(table),
    ...(await tutorialExperiments(table, { seed: 4, epochs: 2 })),
    notes: [],
    findings,
    skipped,
    comparison: ran.comparison,
    curves: curvesOf(planned.design, ran.records),
    recall: recallOf(planned.problem, planned.design, ran.records),
    request: { data: '<script>alert(1)</script>.csv', seed: 4 },
    command: commandOf({ data: '<script>alert(1)</script>.csv', seed: 4 }),
    hashes: { table: header.table, configuration: header.configuration },
    engine: header.engine,
    versions: { '@rectify/core': '1.2.3' },
    times: { started: '2026-01-01T00:00:00.000Z', seconds: 1 },
  };
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('report.html', () => {
  it('holds every part, and a hostile file name as text', () => {
    const html = reportPage(report);
    for (const text of [
      report.article.reading,
      report.comparison.arms[1].name,
      'Whole panels held out',
      '@rectify/core 1.2.3',
    ])
      expect(html).toContain(text);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script>alert(1)');
  });

  it('allows nothing to be fetched or run, and names the file of its figures by its hash', () => {
    const files = reportFiles(report, header, done);
    expect(files['report.html']).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none';`,
    );
    const sha256 = createHash('sha256').update(files['report.json']).digest('hex');
    expect(files['report.html']).toContain(`report.json, SHA-256 ${sha256}`);
  });
});

describe('the printed results', () => {
  it('hold the figures of the report', () => {
    const text = printed(report);
    expect(text).toContain(report.comparison.verdict.text);
    expect(text).toContain(`${report.article.before.train.correct}/807`);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('writing', () => {
  it('writes its files and nothing else, also into a new folder within a new folder, also over an old report', async () => {
    const target = join(folder, 'new', 'deeper');
    await writeReport(target, report, header, done);
    await writeReport(target, report, header, done);
    expect(readdirSync(target).sort()).toEqual([
      'report.html',
      'report.json',
      'runs.csv',
      'runs.jsonl',
      'times.jsonl',
    ]);
    expect(JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'))).toEqual(report);
  });

  it('leaves nothing half written when one of the files cannot be', async () => {
    const target = join(folder, 'blocked');
    mkdirSync(join(target, 'report.json'), { recursive: true });
    await expect(checkReportFolder(target)).rejects.toThrow(/report\.json there is a folder/);
    await expect(writeReport(target, report, header, done)).rejects.toThrow();
    expect(readdirSync(target)).toEqual(['report.json']);
  });

  it('checks a folder without leaving a trace', async () => {
    await checkReportFolder(join(folder, 'not', 'yet'));
    expect(existsSync(join(folder, 'not'))).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written to', async () => {
    const target = join(folder, 'locked');
    mkdirSync(target);
    chmodSync(target, 0o500);
    await expect(checkReportFolder(target)).rejects.toThrow(/--report/);
  });
});

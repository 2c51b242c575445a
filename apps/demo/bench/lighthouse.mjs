// Lighthouse on its mobile settings, the median of five. It is fetched when it is asked for: nobody else needs it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import { median } from '../../../scripts/measure.mjs';

const runs = 5;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

const once = (url, file) =>
  new Promise((resolve, reject) => {
    const flags = ['--headless=new', ...chromiumFlags].join(' ');
    const child = spawn(
      'npx',
      [
        ...['--yes', 'lighthouse@12.8.2', url, '--quiet', '--output=json', `--output-path=${file}`],
        `--chrome-flags=${flags}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CHROME_PATH: findChromium() } },
    );
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`lighthouse ended with ${code}`)),
    );
  });

export async function lighthouse({ url }) {
  const folder = mkdtempSync(join(tmpdir(), 'rectify-lighthouse-'));
  const scores = [];
  for (let i = 0; i < runs; i++) {
    const file = join(folder, `${i}.json`);
    await once(url, file);
    const report = JSON.parse(readFileSync(file, 'utf8'));
    scores.push(categories.map((name) => 100 * report.categories[name].score));
    if (i === 0)
      for (const { id, score } of Object.values(report.audits))
        if (score !== null && score < 0.9) console.error(`lighthouse: ${id} ${score}`);
  }
  rmSync(folder, { recursive: true });
  return Object.fromEntries(
    categories.map((name, i) => [
      `Lighthouse 12.8.2, mobile: ${name}`,
      [median(scores.map((one) => one[i])), 98, 'at least'],
    ]),
  );
}

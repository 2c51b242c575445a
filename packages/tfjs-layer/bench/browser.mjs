// Kernels and milliseconds of a training step in Chromium, stock layers and ours side by side: medians of twice 31 turns unless told otherwise; × is
// stock's time over ours, and one stock model's over another's, which tells how far off these ratios are.
// The GPU is SwiftShader, on the CPU: times say little about a real one.
//   node bench/browser.mjs [BACKEND [NETWORK [TURNS]]]
import { fileURLToPath } from 'node:url';
import { openPage } from '../scripts/browser.mjs';

const [only, network = '', turns = '31'] = process.argv.slice(2);
const RUNS = Number(turns);
const opened = await openPage(fileURLToPath(new URL('browser/page.ts', import.meta.url)));
if (!opened) throw new Error('no Chromium found');
const { page, close } = opened;
console.log(
  '| | kernels: stock | `useFastKernels()` | our layers | time: stock ms | `useFastKernels()` | our layers | stock against itself |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const backend of only ? [only] : ['webgl', 'webgpu']) {
  if (!(await page.evaluate((backend) => globalThis.checks.start(backend), backend))) {
    console.log(`\n${backend} does not come up here.`);
    continue;
  }
  const cells = await page.evaluate(
    ([runs, network]) => globalThis.checks.steps(runs, undefined, network),
    [RUNS, network],
  );
  for (const { network, size, kernels, milliseconds, faster } of cells)
    console.log(
      `| \`${backend}\`, ${network}, ${size} | ${kernels.join(' | ')} | ${milliseconds.toPrecision(3)} | ${faster.map((times) => `${times.toFixed(2)}×`).join(' | ')} |`,
    );
}
await close();

import { describe, expect, test } from 'vitest';
import {
  fitPca,
  fitPcaAsync,
  type NumberMatrix,
  negativeShares,
  negativeSharesAsync,
  type RunOptions,
  type StepProgress,
  sampleDiabetes,
  split,
  splitAsync,
  summarize,
  summarizeAsync,
} from '../src/index.js';

const table = sampleDiabetes({ seed: 1 });
const matrix = table.toMatrix(undefined, { type: 'float64' });
const wide: NumberMatrix = {
  data: Float64Array.from({ length: 60_000 * 40 }, (_, i) => (i * 7919) % 1013),
  shape: [60_000, 40],
};
const pca = fitPca({ data: wide.data.subarray(0, 60 * 40), shape: [60, 40] });
const folds = { method: 'stratified-grouped', seed: 3, folds: 3 } as const;

const checksum = (numbers: Float64Array) => numbers.reduce((sum, x, i) => sum + x * ((i % 97) + 1), 0);

describe.each<[string, () => unknown, (options: RunOptions) => Promise<unknown>]>([
  ['summarizeAsync', () => summarize(table), (options) => summarizeAsync(table, options)],
  ['describeAsync', () => table.describe(), (options) => table.describeAsync(options)],
  ['splitAsync', () => split(table, folds), (options) => splitAsync(table, { ...folds, ...options })],
  [
    'fitPcaAsync',
    () => fitPca(matrix, { components: 2 }),
    (options) => fitPcaAsync(matrix, { components: 2, ...options }),
  ],
  ['negativeSharesAsync', () => negativeShares(table), (options) => negativeSharesAsync(table, options)],
  ['transformAsync', () => pca.transform(wide), (options) => pca.transformAsync(wide, options)],
])('%s', (name, atOnce, inSteps) => {
  const asText = (value: unknown) =>
    JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? checksum(part as Float64Array) : part));

  test('gives what the work at once gives', async () => {
    const seen: StepProgress[] = [];
    expect(asText(await inSteps({ onProgress: (progress) => seen.push(progress) }))).toBe(asText(atOnce()));
    for (const { done } of seen) expect(done).toBeGreaterThanOrEqual(0);
  });

  test('hears an abort at every step, with its reason', async () => {
    const reason = new Error('enough');
    await expect(inSteps({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    // Looks for an abort are counted: it stops at whichever of them finds one.
    const looksOf = async (stopAt: number) => {
      const stop = new AbortController();
      let looks = 0;
      stop.signal.throwIfAborted = () => {
        if (looks++ === stopAt) stop.abort(reason);
        AbortSignal.prototype.throwIfAborted.call(stop.signal);
      };
      const end = await inSteps({ signal: stop.signal }).then(
        () => 'done',
        (error) => error,
      );
      return { looks, end };
    };
    const { looks } = await looksOf(Infinity);
    expect(looks).toBeGreaterThan(name === 'splitAsync' ? 5 : 8);
    for (const at of [1, Math.floor(looks / 2), looks - 1])
      expect(await looksOf(at)).toEqual({ looks: at + 1, end: reason });
  });

  test('refuses what it does not know', async () => {
    await expect(inSteps({ onprogress: () => {} } as never)).rejects.toThrow(/option "onprogress"/);
    if (name === 'splitAsync')
      await expect(splitAsync(table, { ...folds, fold: 3 } as never)).rejects.toThrow(/no option "fold"/);
    if (name === 'fitPcaAsync')
      await expect(fitPcaAsync(matrix, { component: 3 } as never)).rejects.toThrow(/no option "component"/);
  });
});

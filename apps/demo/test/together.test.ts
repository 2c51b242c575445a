import { describe, expect, it } from 'vitest';
import { oneByOne, together } from '../src/command/together.js';

/** Work that ends when it is told to stop, with the reason. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );

describe.each([
  ['together', together],
  ['one by one', oneByOne],
] as const)('%s', (_, both) => {
  it('gives what both give', async () => {
    await expect(
      both(
        undefined,
        async () => 1,
        async () => 'two',
      ),
    ).resolves.toEqual([1, 'two']);
  });

  it('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('Ctrl-C');
    const running = both(stop.signal, untilStopped, untilStopped);
    stop.abort(reason);
    await expect(running).rejects.toBe(reason);
  });
});

it.each([
  ['first', 0],
  ['second', 1],
])(
  'together: when the %s fails the other is stopped, and its failure is what is thrown',
  async (_, fails) => {
    const failure = new Error('no space is left');
    let stopped = 0;
    const work = [0, 1].map((i) => async (signal: AbortSignal) => {
      if (i === fails) throw failure;
      return untilStopped(signal).finally(() => stopped++);
    });
    await expect(together(undefined, work[0], work[1])).rejects.toBe(failure);
    expect(stopped).toBe(1);
  },
);

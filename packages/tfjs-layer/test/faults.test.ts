// Every operation of loading fails once, on every kind of source: a clear error, nothing left, and a good file loads afterwards.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import type { LoadOptions } from '../src/keras/options.js';
import type { KerasSource } from '../src/keras/sources/given.js';
import { BACKENDS, held, use } from './_backends.js';
import { expectKerasOutputs } from './_keras.js';
import { type Point, points } from './faults/points.js';
import { archive, KINDS, makeSources, NAME } from './faults/sources.js';

let made: Awaited<ReturnType<typeof makeSources>>;
beforeAll(async () => {
  await use('cpu');
  made = await makeSources();
});
afterAll(() => made.close());

/** Loads again and again, with the first operation failing, the second, … until none is left to fail; gives the errors. */
async function failures(
  source: () => KerasSource,
  point: Point,
  error: () => Error,
  options?: LoadOptions,
): Promise<Error[]> {
  const errors: Error[] = [];
  for (;;) {
    const given = source();
    const before = held();
    const failing = errors.length + 1;
    let count = 0;
    const restore = point(() => {
      if (++count === failing) throw error();
    });
    const outcome = await loadKerasModel(given, options)
      .catch((error: Error) => error)
      .finally(restore);
    if (outcome instanceof Error) errors.push(outcome);
    else {
      outcome.dispose();
      expect(count, 'a failure that nobody noticed').toBeLessThan(failing);
    }
    expect(held(), `after failure ${errors.length}: ${errors.at(-1)?.message}`).toEqual(before);
    if (!(outcome instanceof Error)) return errors;
  }
}

async function expectGood(): Promise<void> {
  const model = await loadKerasModel(archive);
  expectKerasOutputs(model, NAME);
  model.dispose();
}

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(() => use(backend));
  // Nothing but a tensor's values depends on the backend.
  const cases = KINDS.flatMap(([kind, needs]) =>
    needs.flatMap((need) => (backend === 'cpu' || need === 'tensors' ? [[kind, need] as const] : [])),
  );
  it.each(cases)('%s: whichever of its %s fails', async (kind, need) => {
    const { point, error } = points[need];
    const errors = await failures(made.sources[kind], point, error);
    expect(errors.length).toBeGreaterThan(0);
    for (const { name, message } of errors) {
      expect(name).toMatch(/^(Keras)?(Format)?Error$/);
      expect(message).toContain(error().message);
      expect(message.length).toBeLessThanOrEqual(300);
    }
    await expectGood();
  });
});

describe('what the caller gives', () => {
  beforeAll(() => use('cpu'));
  it.each(KINDS)('%s: an onProgress that throws, and a signal, reject with their own error', async (kind) => {
    const own = new Error('the caller’s');
    const options = { onProgress() {}, signal: new AbortController().signal };
    const point: Point = (before) => {
      options.onProgress = before;
      const gone = new AbortController();
      options.signal = gone.signal;
      // It is aborted at the very moment when somebody asks.
      gone.signal.throwIfAborted = () => {
        try {
          before();
        } catch (reason) {
          gone.abort(reason);
        }
        if (gone.signal.aborted) throw gone.signal.reason;
      };
      return () => {};
    };
    const errors = await failures(made.sources[kind], point, () => own, options);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBe(own);
    await expectGood();
  });
});

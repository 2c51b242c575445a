// The free stretches of a pool: all comes back as one, nothing is given twice, and the work grows as the number of arrays does.
import { afterEach, expect, it, vi } from 'vitest';
import { Stretches } from '../src/wasm/stretches.js';

afterEach(() => vi.restoreAllMocks());

/** A few numbers that look random, the same at every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('never gives a byte to two, and is one stretch again when all came back', () => {
  const random = numbers(7);
  const room = new Stretches(64, 1 << 16);
  const taken: { start: number; bytes: number }[] = [];
  for (let i = 0; i < 3000; i++) {
    const roll = random.next().value as number;
    if (roll < 0.55 || taken.length === 0) {
      const bytes = 16 * (1 + Math.floor((random.next().value as number) * 60));
      const start = room.take(bytes);
      if (start === undefined) continue;
      expect(start).toBeGreaterThanOrEqual(64);
      expect(start + bytes).toBeLessThanOrEqual(64 + (1 << 16));
      expect(taken.every((one) => one.start + one.bytes <= start || start + bytes <= one.start)).toBe(true);
      taken.push({ start, bytes });
    } else {
      const [one] = taken.splice(Math.floor(roll * 7919) % taken.length, 1);
      room.give(one.start, one.bytes);
    }
    expect(room.free).toBe((1 << 16) - taken.reduce((sum, { bytes }) => sum + bytes, 0));
  }
  for (const { start, bytes } of taken) room.give(start, bytes);
  expect(room.take(1 << 16)).toBe(64);
  expect(room.take(16)).toBeUndefined();
});

it('n arrays that are given back in any order cost work in proportion to n', () => {
  /** How often the collections inside are asked or changed. */
  const work = (n: number): number => {
    let steps = 0;
    const spies = [Map.prototype, Set.prototype].flatMap((prototype) =>
      (['get', 'set', 'add', 'delete', 'values', Symbol.iterator] as const)
        .filter((name) => Object.hasOwn(prototype, name))
        .map((name) => {
          const target = prototype as unknown as Record<PropertyKey, (...args: unknown[]) => unknown>;
          const original = target[name];
          target[name] = function counted(this: unknown, ...args) {
            steps++;
            return original.apply(this, args);
          };
          return () => {
            target[name] = original;
          };
        }),
    );
    try {
      const room = new Stretches(0, 32 * n);
      const starts = Array.from({ length: n }, () => room.take(16) as number);
      // Every second one first, so that no two neighbours are free; then the others, each between two that are.
      for (const odd of [1, 0]) for (let i = odd; i < n; i += 2) room.give(starts[i], 16);
    } finally {
      for (const restore of spies) restore();
    }
    return steps;
  };
  const [one, two, four] = [1000, 2000, 4000].map(work);
  expect(two / one).toBeLessThan(2.2);
  expect(four / two).toBeLessThan(2.2);
});

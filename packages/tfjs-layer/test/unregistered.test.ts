// Without register(): a file of its own, since a process registers once.
import { expect, it } from 'vitest';
import { layers } from '../src/index.js';
import './_setup.js';

it.each(['leaky_relu', 'silu', 'hard_silu'] as const)(
  'our layers say that register() makes %s known',
  (activation) => {
    expect(() => layers.dense({ units: 1, activation })).toThrow(
      `activation "${activation}" is a name that register() makes known: call it before, or give activation("${activation}")`,
    );
  },
);

it('a name that nobody knows is tfjs’s to refuse', () => {
  expect(() => layers.dense({ units: 1, activation: 'nonsense' as 'relu' })).toThrow(
    'Unknown activation: nonsense',
  );
});

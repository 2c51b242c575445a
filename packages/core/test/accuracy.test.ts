import { describe, expect, it } from 'vitest';
import truth from '../fixtures/mpmath.json' with { type: 'json' };
import { absoluteTolerance, EXACT, SMOOTH_ULP_64 } from '../measure/tolerances.js';
import { numbers, type Stored, ulp64 } from '../measure/ulp.js';
import { activation, activationNames, type ElementwiseName, vectorActivation } from '../src/index.js';

const xs = numbers(truth.x);

function worst(of: (x: number) => number, expected: readonly number[], absolute: (x: number) => number) {
  let ulp = 0;
  let at = Number.NaN;
  for (const [i, x] of xs.entries()) {
    const value = of(x);
    if (Math.abs(value - expected[i]) <= absolute(x)) continue;
    const error = ulp64(value, expected[i]);
    if (error > ulp) [ulp, at] = [error, x];
  }
  return { ulp, at };
}

it('the truth covers every function', () => {
  expect(new Set(truth.functions.map(({ name }) => name))).toEqual(new Set(activationNames));
  expect(xs.length).toBeGreaterThan(400);
});

describe.each(truth.functions)('$name $params against mpmath', ({ name, params, f: values, derivative }) => {
  const f = activation(name, params);
  const bound = EXACT.has(name as ElementwiseName) ? 0 : SMOOTH_ULP_64;
  it(`f within ${bound} ulp`, () => {
    const absolute = absoluteTolerance(name, params, 53, 'f');
    const error = worst(f, numbers(values as Stored[]), absolute);
    expect(error.ulp, `at x = ${error.at}: ${f(error.at)}`).toBeLessThanOrEqual(bound);
  });
  it(`f′ within ${bound} ulp, or absolutely where it crosses 0`, () => {
    const absolute = absoluteTolerance(name, params, 53, 'derivative');
    const error = worst((x) => f.derivative(x), numbers(derivative as Stored[]), absolute);
    expect(error.ulp, `at x = ${error.at}: ${f.derivative(error.at)}`).toBeLessThanOrEqual(bound);
  });
});

// Over vectors of 8: from tiny to beyond the range of exp, with ties and with sums that naive forms lose.
describe.each([...new Set(truth.vectors.map(({ name }) => name))])('%s of vectors against mpmath', (name) => {
  const f = vectorActivation(name);
  const rows = truth.vectors.filter((row) => row.name === name);
  it.each(rows)(`within ${SMOOTH_ULP_64} ulp: $x`, ({ x, f: values }) => {
    const expected = numbers(values as Stored[]);
    const y = f(x);
    expect(y).toHaveLength(expected.length);
    for (const [i, e] of expected.entries())
      expect(ulp64(y[i], e), `element ${i}: ${y[i]}, not ${e}`).toBeLessThanOrEqual(SMOOTH_ULP_64);
    // A float32 array is worked on in float64 and rounded once.
    const single = Float32Array.from(x);
    expect(f.forward(single)).toEqual(Float32Array.from(f([...single])));
  });
});

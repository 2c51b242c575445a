import { expect, it } from 'vitest';
import { reported, sizes } from '../scripts/sizes.mjs';

// Where it is worth its size, `node scripts/sizes.mjs --write` makes it the measure.
it('what a page loads of @rectify/core has not grown by more than 3 %', async () => {
  const found = await sizes();
  expect(Object.keys(found)).toEqual(Object.keys(reported()));
  for (const [name, bytes] of Object.entries(reported()))
    expect(found[name], name).toBeLessThanOrEqual(1.03 * bytes);
}, 60_000);

it('and keeps to the goals', () => {
  const found = reported();
  expect(found['leakyRelu from /js']).toBeLessThanOrEqual(2100);
  expect(found.leakyRelu).toBeLessThanOrEqual(4200);
  expect(found.everything).toBeLessThanOrEqual(46_000);
});

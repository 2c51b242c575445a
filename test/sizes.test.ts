import { expect, it } from 'vitest';
import { doorSizes, reportedDoors } from '../scripts/door-sizes.mjs';
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

// Where it is worth its size, `node scripts/door-sizes.mjs --write` makes it the measure.
it('no door of a package has grown by more than 3 %, by itself or with what it brings', async () => {
  const found = await doorSizes();
  expect(Object.keys(found)).toEqual(Object.keys(reportedDoors()));
  const grown = Object.entries(reportedDoors()).flatMap(([door, { alone, whole }]) =>
    (['raw', 'gzip', 'brotli'] as const).flatMap((form) =>
      [
        [`${door} alone`, found[door]?.alone[form], alone[form]] as const,
        [`${door} whole`, found[door]?.whole[form], whole[form]] as const,
      ]
        .filter(([, now = Number.POSITIVE_INFINITY, then]) => now > 1.03 * then)
        .map(([what, now, then]) => `${what}, ${form}: ${now} bytes, were ${then}`),
    ),
  );
  expect(grown).toEqual([]);
}, 120_000);

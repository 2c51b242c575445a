// What the packages export is what docs/api says, and each name has a comment that says what it is.
import { beforeAll, describe, expect, it } from 'vitest';
import { exported } from '../scripts/api/exports.mjs';
import { committed, reports } from '../scripts/api/report.mjs';
import { publishedPackages } from '../scripts/release/workspace.mjs';

const names = publishedPackages().map(({ manifest }) => manifest.name as string);
let all: ReturnType<typeof exported>;
beforeAll(() => {
  all = exported();
}, 120_000);

describe.each(names)('%s', (name) => {
  it('exports what docs/api says (node scripts/api/report.mjs --write)', () => {
    expect(reports(all).get(name)).toBe(committed(name));
  });

  it('says of each name what it is', () => {
    const silent = all
      .filter((door) => door.package === name)
      .flatMap(({ door, names }) =>
        names.filter(({ documented }) => !documented).map(({ name }) => `${door}: ${name}`),
      );
    expect(silent).toEqual([]);
  });
});

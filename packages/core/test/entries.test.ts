import { expect, it } from 'vitest';
import { entries, entryText } from '../scripts/entries.js';

// `pnpm run docs` writes them anew.
it.each(Object.entries(entries))('src/entries/%s.ts is what functions/ makes it', (name, entry) =>
  expect(entryText(entry)).toMatchFileSnapshot(`../src/entries/${name}.ts`),
);

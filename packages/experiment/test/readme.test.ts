// Its examples are run by test/readmes.test.ts of the root.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as experiment from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('README names every function', () => {
  const names = Object.entries(experiment)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
  expect(names.filter((name) => !readme.includes(name))).toEqual([]);
});

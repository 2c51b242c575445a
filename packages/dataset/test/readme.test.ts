// Its examples are run by test/readmes.test.ts of the root.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as dataset from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('README', () => {
  test('names every function', () => {
    const restore = /FromJson$/; // named together
    const names = Object.entries(dataset)
      .filter(([name, value]) => typeof value === 'function' && !restore.test(name))
      .map(([name]) => name);
    const unsaid = names.filter((name) => !readme.includes(name)).sort();
    expect(unsaid).toEqual(['Audit', 'Description', 'formatIssue']);
  });

  test('has every finding', () => {
    expect(dataset.findingIds.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
  });
});

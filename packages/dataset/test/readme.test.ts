import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as dataset from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
const AsyncFunction = (async () => {}).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;

/** The example with its imports from this package's sources, and a check for every `// → value`. */
const runnable = (code: string) =>
  code
    .replace(/import (\{[^}]*\}) from '@rectify\/dataset';/g, 'const $1 = dataset;')
    .replace(
      /^(.*); \/\/ → (.*)$/gm,
      (_, expression, value) => `check(${expression}, ${JSON.stringify(value)});`,
    );

describe('README', () => {
  test.each(examples.map((code) => [code.split('\n')[0], code] as const))('%s', async (_, code) => {
    const check = (value: unknown, text: string) =>
      expect(typeof value === 'string' ? value : JSON.stringify(value)).toBe(text);
    await new AsyncFunction('dataset', 'check', 'console', runnable(code))(dataset, check, { log: () => {} });
  });

  test('has examples, and names every function', () => {
    expect(examples).toHaveLength(4);
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

import { readFileSync } from 'node:fs';
import * as dataset from '@rectify/dataset';
import { describe, expect, test } from 'vitest';
import * as experiment from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
const AsyncFunction = (async () => {}).constructor as new (
  ...names: string[]
) => (...values: unknown[]) => Promise<void>;

/** The example as a user's file, with a check for every `// → value`. */
const runnable = (code: string) =>
  code
    // The one type that the examples name.
    .replace('(arm: string, seed: number, probabilities: number[])', '(arm, seed, probabilities)')
    .replace(/import (\{[^}]*\}) from ['"]@rectify\/(\w+)['"];/g, 'const $1 = $2;')
    .replace(
      /^(.*); \/\/ → (.*)$/gm,
      (_, expression, value) => `check(${expression}, ${JSON.stringify(value)});`,
    );

describe('README', () => {
  test.each(examples.map((code) => [code.split('\n').at(-2), code] as const))('%s', async (_, code) => {
    let checks = 0;
    const check = (value: unknown, text: string) => {
      checks++;
      expect(String(value)).toBe(text);
    };
    await new AsyncFunction('dataset', 'experiment', 'check', runnable(code))(dataset, experiment, check);
    expect(checks).toBeGreaterThan(0);
  });

  test('has examples, and names every function', () => {
    expect(examples).toHaveLength(3);
    const names = Object.entries(experiment)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    expect(names.filter((name) => !readme.includes(`\`${name}`) && !readme.includes(name))).toEqual([]);
  });
});

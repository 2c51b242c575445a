import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import * as ours from '../src/index.js';
import './_setup.js';

const modules: Record<string, object> = {
  '@tensorflow/tfjs-core': tf,
  '@tensorflow/tfjs-layers': tfl,
  '@rectify/tfjs-layer': ours,
};
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

// Each TypeScript block of the README is run; a line `expression; // value` must give that value.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]);

it.each(blocks)('README example %#', async (block) => {
  const checks: [unknown, unknown][] = [];
  const body = block
    .replace(/^import \* as (\w+) from '(.*)';$/gm, "const $1 = modules['$2'];")
    .replace(
      /^import \{ (.*) \} from '(.*)';$/gm,
      (_, names: string, from) => `const { ${names.replaceAll(' as ', ': ')} } = modules['${from}'];`,
    )
    .replace(
      /^(?!const |let )(.+); +\/\/ ([^a-z].*)$/gm,
      (_, value, expected) => `check(${value}, ${expected});`,
    );
  await AsyncFunction(
    'modules',
    'check',
    body,
  )(modules, (actual: unknown, expected: unknown) => checks.push([actual, expected]));
  expect(checks.length).toBeGreaterThan(0);
  for (const [actual, expected] of checks) expect(actual).toEqual(expected);
});

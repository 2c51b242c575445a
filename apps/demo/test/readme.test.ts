import { readFileSync } from 'node:fs';
import * as core from '@rectify/core';
import * as dataset from '@rectify/dataset';
import * as tfjsLayer from '@rectify/tfjs-layer';
import * as tfjsLayers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import * as demo from '../src/index.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';

const modules: Record<string, object> = {
  '@rectify/core': core,
  '@rectify/dataset': dataset,
  '@rectify/tfjs-layer': tfjsLayer,
  '@rectify/demo': demo,
  '@tensorflow/tfjs-layers': tfjsLayers,
};

/** Runs a README's TypeScript; a line `expression; // value` must give that value. */
async function runExample(block: string): Promise<number> {
  let checks = 0;
  const body = block
    .replace(
      /^import \{ (.*?) \} from '(.*?)';$/gm,
      (_, names, from) => `const { ${names} } = modules['${from}'];`,
    )
    .replace(/^import \* as (\w+) from '(.*?)';$/gm, (_, name, from) => `const ${name} = modules['${from}'];`)
    .replace(/^(?!const )(.+); +\/\/ (.+)$/gm, (_, expression, value) => `check(${expression}, ${value});`);
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction('modules', 'check', body)(modules, (actual: unknown, expected: unknown) => {
    checks++;
    expect(actual).toEqual(expected);
  });
  return checks;
}

describe.each(['../../../README.md', '../README.md'])('%s', (path) => {
  const readme = readFileSync(new URL(path, import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]);

  it('has examples', () => expect(blocks.length).toBeGreaterThan(0));

  it.each(blocks)('example %#', async (block) => {
    await useReproducibleBackend();
    expect(await runExample(block)).toBeGreaterThan(0);
  });
});

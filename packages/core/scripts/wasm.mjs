// Assembles kernels/ into src/wasm/modules.ts, unless the file there is of the same sources and tools. pnpm runs it at every install
// (`prepare`), so that tests and builds find the kernels.
import { fileURLToPath } from 'node:url';
import { generate } from '@rectify/lanes/generate';

const path = (file) => fileURLToPath(new URL(file, import.meta.url));

await generate({ entry: path('../kernels/modules.ts'), target: path('../src/wasm/modules.ts') });

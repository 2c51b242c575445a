// Runs a TypeScript file of this package: `node scripts/run.mjs FILE`. Node 20 cannot by itself; vite is in the workspace.
import { runnerImport } from 'vite';

process.argv.splice(1, 1);
await runnerImport(new URL(`../${process.argv[1]}`, import.meta.url).pathname);

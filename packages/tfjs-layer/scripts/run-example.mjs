// Runs a TypeScript file as a user of this package would, on the sources: `node scripts/run-example.mjs FILE`.
import { fileURLToPath } from 'node:url';
import { defaultServerConditions, runnerImport } from 'vite';

await runnerImport(process.argv[2], {
  configFile: false,
  resolve: { alias: { '@rectify/tfjs-layer': fileURLToPath(new URL('../src/index.ts', import.meta.url)) } },
  ssr: { resolve: { conditions: ['@rectify/source', ...defaultServerConditions] } },
});

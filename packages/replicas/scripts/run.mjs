// Bundles a TypeScript file of this package, sources of the workspace and all, and runs it: `node scripts/run.mjs FILE [ARGUMENTS]`.
// A bundle runs as a user's does; a module runner would go through an object at each call of another module.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, defaultServerConditions } from 'vite';

const [file, ...rest] = process.argv.slice(2);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.bundles', String(process.pid));
mkdirSync(folder, { recursive: true });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const conditions = ['@rectify/source', ...defaultServerConditions];
await build({
  root,
  configFile: false,
  logLevel: 'error',
  ssr: {
    noExternal: true,
    // What starts threads or programs of its own stays where it is installed.
    external: [
      'piscina',
      'vite',
      'playwright-core',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
    resolve: { conditions, externalConditions: conditions },
  },
  build: {
    ssr: true,
    outDir: folder,
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rollupOptions: {
      // Threads start from a file of their own, beside the one that starts them.
      input: { main: join(root, file), 'node-worker': join(root, 'src/workers/node-worker.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
copyFileSync(join(root, 'src/workers/node-worker.cts'), join(folder, 'node-worker.cjs')); // the same in JavaScript
process.env.REPLICAS_ROOT = root.replace(/\/$/, '');
process.argv.splice(1, process.argv.length, file, ...rest);
await import(pathToFileURL(join(folder, 'main.js')).href);

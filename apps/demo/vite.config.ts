import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

/** The web app: static files that run from any folder of any server. Built on the packages' sources. */
export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  base: './',
  resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // tfjs is larger than the default warning of 500 kB.
    chunkSizeWarningLimit: 1500,
  },
});

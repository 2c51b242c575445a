import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { noteParts, writeLicences } from './src/web/build/licences.js';
import { prerenderedStart, virtualModules } from './src/web/build/plugins.js';

/** The web app: static files that run from any folder of any server. Built on the packages' sources. */
export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  base: './',
  resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
  worker: { format: 'es', plugins: () => [noteParts(), virtualModules()] },
  plugins: [
    virtualModules(),
    prerenderedStart(),
    noteParts(),
    writeLicences(),
    // Offline after the first visit: every file is kept when the page has been shown.
    VitePWA({
      injectRegister: null,
      filename: 'sw.js',
      manifest: {
        name: 'Rectify: Leaky ReLU, and whether your data needs it',
        short_name: 'Rectify',
        description: 'See activation functions, audit a table, and compare networks on it, in the browser',
        display: 'standalone',
        start_url: './',
        scope: './',
        theme_color: '#0b63c5',
        background_color: '#fcfcfa',
        icons: [{ src: './icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,wasm}'],
        maximumFileSizeToCacheInBytes: 8_000_000,
        clientsClaim: true,
        inlineWorkboxRuntime: true,
      },
    }),
  ],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // tfjs is larger than the default warning of 500 kB.
    chunkSizeWarningLimit: 1500,
  },
});

// What the build of the page does beside bundling.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createServer, defaultServerConditions, type Plugin } from 'vite';
import { policy } from '../../serve/policy.js';
import { style } from '../../view/style.js';

const viewCss = 'virtual:view.css';
const formulas = 'virtual:formulas';
const versions = 'virtual:versions';

const require = createRequire(import.meta.url);

/** What a module of this page makes when it is run in Node, on the packages' sources, as the tests run them. */
async function runInNode<T, R>(path: string, use: (module: T) => R): Promise<R> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    ssr: {
      noExternal: [/^@rectify\//],
      resolve: { conditions: ['@rectify/source', ...defaultServerConditions] },
    },
    plugins: [virtualModules()],
  });
  try {
    return use((await server.ssrLoadModule(fileURLToPath(new URL(path, import.meta.url)))) as T);
  } finally {
    await server.close();
  }
}

/** The versions that a report depends on, as `rectify compare` writes them. */
const versionsOfParts = () =>
  Object.fromEntries(
    [
      ...['@rectify/demo', '@rectify/core', '@rectify/dataset', '@rectify/tfjs-layer'],
      '@tensorflow/tfjs-core',
    ].map((name) => [name, require(`${name}/package.json`).version as string]),
  );

/** The style that page and report share, as a style sheet; the formulas, as MathML; and the versions of the parts. */
export function virtualModules(): Plugin {
  return {
    name: 'rectify-virtual-modules',
    resolveId: (id) => ([viewCss, formulas, versions].includes(id) ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${viewCss}`) return style;
      if (id === `\0${versions}`) return `export default ${JSON.stringify(versionsOfParts())}`;
      if (id !== `\0${formulas}`) return null;
      return runInNode(
        './formula-templates.ts',
        ({ formulaTemplates }: typeof import('./formula-templates.js')) =>
          `export default ${JSON.stringify(formulaTemplates())}`,
      );
    },
  };
}

/** Puts the start as it is first seen, and the page's policy, into its HTML. */
export function prerenderedStart(): Plugin {
  return {
    name: 'rectify-prerendered-start',
    apply: 'build',
    async transformIndexHtml(html) {
      const start = await runInNode('./prerender.tsx', ({ prerendered }: typeof import('./prerender.js')) =>
        prerendered(),
      );
      return {
        html: html.replace('<!--prerendered-->', start),
        tags: [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
            injectTo: 'head-prepend',
          },
        ],
      };
    },
  };
}

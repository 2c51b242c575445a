// One entry, bundled for a page by each of the bundlers that users have. All give ES modules in a folder of their own, `main.js` first.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** See bundlers.d.mts. */
export const bundlers = {
  async esbuild({ input, outdir, external, minify }) {
    await esbuild({
      entryPoints: { main: input },
      outdir,
      bundle: true,
      format: 'esm',
      minify,
      logLevel: 'error',
      plugins: external ? [leftOut(external)] : [],
    });
  },

  async rollup({ input, outdir, external, minify }) {
    const bundle = await rollup({
      input: { main: input },
      plugins: [nodeResolve({ browser: true })],
      ...(external && { external }),
      onLog: (level, log, handle) => {
        if (level === 'warn' && log.code !== 'CIRCULAR_DEPENDENCY' && log.code !== 'THIS_IS_UNDEFINED')
          handle('error', log);
      },
    });
    await bundle.write({ dir: outdir, format: 'es' });
    await bundle.close();
    // Rollup leaves that to others.
    if (minify) await esbuild({ entryPoints: [`${outdir}/main.js`], outdir, minify, allowOverwrite: true });
  },

  async vite({ input, outdir, external, minify }) {
    await vite({
      configFile: false,
      logLevel: 'error',
      base: './',
      worker: { format: 'es' },
      build: {
        outDir: outdir,
        minify: minify ? 'oxc' : false,
        modulePreload: false,
        target: 'es2022',
        rollupOptions: {
          input: { main: input },
          ...(external && { external }),
          output: { entryFileNames: '[name].js' },
        },
      },
    });
  },

  async webpack({ input, outdir, external, minify }) {
    const compiler = webpack({
      mode: minify ? 'production' : 'development',
      devtool: false,
      entry: { main: input },
      experiments: { outputModule: true },
      ...(external && { externals: [external], externalsType: 'module' }),
      output: { path: outdir, filename: '[name].js', module: true, publicPath: 'auto' },
      optimization: { minimize: minify },
      performance: { hints: false },
    });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, stats) => (error ? reject(error) : resolve(stats))),
    );
    if (stats.hasErrors() || stats.hasWarnings())
      throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
  },
};

/** Leaves modules out of what esbuild makes, by their names. */
const leftOut = (names) => ({
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: names }, ({ path }) => ({ path, external: true }));
  },
});

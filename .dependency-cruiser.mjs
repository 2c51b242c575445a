// The layers of the house: demo → experiment → replicas → core, experiment → dataset, demo → tfjs-layer → core; kernels are written in
// lanes. Imports run downwards only.
const belongsTo = (name) => `(^|/)(packages|apps)/${name}/|^@rectify/${name}($|/)`;
const tfjs = '@tensorflow/';

export default {
  forbidden: [
    {
      name: 'lanes-sees-none-of-ours',
      severity: 'error',
      from: { path: '^packages/lanes/' },
      to: { path: '(^|/)(packages|apps)/(?!lanes/)|^@rectify/(?!lanes)' },
    },
    {
      name: 'lanes-is-for-kernels',
      comment: 'The kernel language is used when kernels are built: it is in nothing that is shipped.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: ['^packages/lanes/', '/(kernels|scripts|bench|test)/'] },
      to: { path: belongsTo('lanes') },
    },
    {
      name: 'core-imports-nothing',
      comment:
        '@rectify/core depends on nothing at all, neither a package nor a built-in module of a runtime.',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: { pathNot: '^packages/core/src' },
    },
    {
      name: 'dataset-sees-none-of-ours',
      severity: 'error',
      // Its tests find the programs of Deno and Bun where core's do.
      from: { path: '^packages/dataset/', pathNot: 'dataset/test/runtimes\\.test\\.ts$' },
      to: {
        path: [belongsTo('core'), belongsTo('tfjs-layer'), belongsTo('replicas'), belongsTo('demo'), tfjs],
      },
    },
    {
      name: 'tfjs-layer-sees-only-core',
      severity: 'error',
      from: { path: '^packages/tfjs-layer/' },
      to: { path: [belongsTo('dataset'), belongsTo('demo')] },
    },
    {
      name: 'replicas-sees-only-core',
      severity: 'error',
      from: { path: '^packages/replicas/', pathNot: '^packages/replicas/(test|bench|scripts)/' },
      to: { path: [belongsTo('dataset'), belongsTo('tfjs-layer'), belongsTo('demo'), tfjs] },
    },
    {
      name: 'core-sees-only-core',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: [belongsTo('dataset'), belongsTo('tfjs-layer'), belongsTo('replicas'), belongsTo('demo')] },
    },
    {
      name: 'experiment-sees-no-tfjs-and-no-page',
      comment:
        'experiment stands on replicas, dataset and core; whoever has a file system or a page stands on it.',
      severity: 'error',
      from: { path: '^packages/experiment/src' },
      to: { path: [belongsTo('tfjs-layer'), belongsTo('demo'), tfjs] },
    },
    {
      name: 'experiment-runs-everywhere',
      comment: 'No built-in module of a runtime.',
      severity: 'error',
      from: { path: '^packages/experiment/src' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-below-sees-experiment',
      severity: 'error',
      from: { path: '^packages/(core|dataset|replicas|tfjs-layer)/' },
      to: { path: belongsTo('experiment') },
    },
    {
      name: 'sources-never-import-tests',
      severity: 'error',
      from: { path: '/src/' },
      to: { path: '/(test|bench|scripts|kernels)/', pathNot: 'node_modules' },
    },
    {
      name: 'scripts-never-import-tests',
      comment: 'What tests and measurements share stands in a folder of its own, as packages/core/measure.',
      severity: 'error',
      from: { path: '/(scripts|bench|measure|kernels)/', pathNot: '/test/' },
      to: { path: '/test/', pathNot: 'node_modules' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'sources-need-declared-dependencies',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.programs|node_modules/\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@rectify/source', 'import', 'node', 'default', 'types'],
    },
  },
};

// The layers alone. A bundler that keeps all of `layers` where one of them is used (esbuild) keeps only that one from here.
export * from './layers/index.js';

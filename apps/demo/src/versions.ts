import { createRequire } from 'node:module';
import { version_core } from '@tensorflow/tfjs-core';

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`${name}/package.json`).version;

/** The layers' version; the build, which bundles them, puts the number here. */
const layersVersion = versionOf('@rectify/tfjs-layer');

/** The versions that a report depends on. */
export const versions = (): Record<string, string> => ({
  ...Object.fromEntries(
    ['@rectify/demo', '@rectify/core', '@rectify/dataset'].map((name) => [name, versionOf(name)]),
  ),
  '@rectify/tfjs-layer': layersVersion,
  '@tensorflow/tfjs-core': version_core,
  node: process.versions.node,
});

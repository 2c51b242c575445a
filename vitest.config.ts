import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Tests run on sources: the '@rectify/source' export condition of each package leads to src/, so nothing is built first.
const conditions = ['@rectify/source', ...defaultServerConditions];

const project = (name: string, root: string) => ({
  extends: true as const,
  test: { name, root, include: ['test/**/*.test.{ts,tsx}'] },
});

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 30_000,
    expect: { poll: { timeout: 45_000 } },
    projects: [
      project('lanes', 'packages/lanes'),
      project('core', 'packages/core'),
      project('replicas', 'packages/replicas'),
      project('tfjs-layer', 'packages/tfjs-layer'),
      project('dataset', 'packages/dataset'),
      project('experiment', 'packages/experiment'),
      project('demo', 'apps/demo'),
      project('own-model', 'examples/own-model'),
      project('workspace', '.'),
    ],
  },
});

// What a page loads that trains: brotli, as servers send it.
import { brotliCompressSync } from 'node:zlib';
import { build, defaultClientConditions } from 'vite';
import { expect, it } from 'vitest';

const MOST_BYTES = 20_000;

interface Chunk {
  readonly code?: string;
  readonly isEntry?: boolean;
}

async function chunksOf(code: string): Promise<Chunk[]> {
  const entry = 'virtual:entry';
  const result = await build({
    root: new URL('..', import.meta.url).pathname,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: { write: false, modulePreload: false, rollupOptions: { input: entry } },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!('output' in first)) throw new Error('vite watches where it was to build');
  return first.output as Chunk[];
}

const bytesOf = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { code = '' }) => sum + brotliCompressSync(code).length, 0);

const index = new URL('../src/index.ts', import.meta.url).pathname;

it(`a page that trains loads at most ${MOST_BYTES} bytes; smooth activations and JS come when they are needed`, async () => {
  const chunks = await chunksOf(`import { train } from '${index}'; globalThis.train = train;`);
  const entry = chunks.filter(({ isEntry }) => isEntry);
  expect(bytesOf(entry)).toBeLessThanOrEqual(MOST_BYTES);
  expect(bytesOf(entry)).toBeGreaterThan(10_000); // it is all there
  expect(chunks.length).toBe(3);
  for (const chunk of chunks.filter(({ isEntry }) => !isEntry)) expect(bytesOf([chunk])).toBeLessThan(9000);
});

it('trainSync has no time to load anything', async () => {
  const chunks = await chunksOf(`import { trainSync } from '${index}'; globalThis.train = trainSync;`);
  expect(chunks.length).toBe(1);
});

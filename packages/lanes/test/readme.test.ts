// The README's example, run as a file of its own.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { afterAll, expect, it, vi } from 'vitest';

const file = fileURLToPath(new URL(`readme-${process.pid}.ts`, import.meta.url));
afterAll(() => rmSync(file, { force: true }));

it('says what it says it says', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  writeFileSync(file, `${/```ts\n(.*?)```/s.exec(readme)?.[1]}`);
  const log = vi.spyOn(console, 'log').mockReturnValue();
  await runnerImport(file);
  const said = log.mock.calls.map(([first]) => first);
  log.mockRestore();
  expect(said).toEqual([expect.stringContaining('(module'), [-1, 3]]);
});

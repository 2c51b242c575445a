import { buildPrograms, run } from './_process.js';

/** The command as programs of their own, with the thread that a worker starts beside it. */
export async function queuePrograms(replaced: Readonly<Record<string, string>> = {}) {
  const entries = { rectify: 'test/_cli.ts', 'chunk-thread': 'src/queue/chunk-thread.ts' };
  const { path, remove } = await buildPrograms(entries, replaced);
  return {
    rectify: (...args: string[]) => run(process.execPath, [path('rectify'), ...args]),
    /** With further words for Node, and variables in its environment. */
    rectifyWith: (
      { node = [], env = {} }: { node?: readonly string[]; env?: Readonly<Record<string, string>> },
      ...args: string[]
    ) => run(process.execPath, [...node, path('rectify'), ...args], { env: { ...process.env, ...env } }),
    remove,
  };
}

export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}

import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';

const home = fileURLToPath(new URL('..', import.meta.url));

/** Builds TypeScript files of this app to programs that Node runs, in a folder within the app, where their imports resolve. */
export async function buildPrograms(entries: Record<string, string>) {
  mkdirSync(join(home, '.programs'), { recursive: true });
  const folder = mkdtempSync(join(home, '.programs/'));
  await build({
    root: home,
    configFile: false,
    logLevel: 'warn',
    ssr: {
      noExternal: [/^@rectify\//],
      resolve: { conditions: ['@rectify/source', ...defaultServerConditions] },
    },
    build: {
      ssr: true,
      outDir: folder,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(home, file)])),
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    /** The path of a program. */
    path: (name: keyof typeof entries) => join(folder, `${name}.mjs`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    },
  );
  return { child, ended };
}

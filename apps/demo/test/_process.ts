import { type SpawnOptions, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';

const home = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds TypeScript files of this app to programs that Node runs, in a folder within the app, where their imports resolve; with some texts
 * of the sources replaced, for a program of another version.
 */
export async function buildPrograms(
  entries: Record<string, string>,
  replaced: Readonly<Record<string, string>> = {},
) {
  mkdirSync(join(home, '.programs'), { recursive: true });
  const folder = mkdtempSync(join(home, '.programs/'));
  await build({
    root: home,
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'replace-texts',
        transform: (code) =>
          Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), code),
      },
    ],
    ssr: {
      noExternal: [/^@rectify\//],
      resolve: { conditions: ['@rectify/source', ...defaultServerConditions] },
    },
    build: {
      ssr: true,
      outDir: folder,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(home, file)])),
        // Flat, so that a worker's file lies beside whoever starts it.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  // What Piscina requires of an entry lies beside it, in words that are JavaScript too.
  for (const [name, file] of Object.entries(entries)) {
    const required = join(home, file.replace(/ts$/, 'cts'));
    if (existsSync(required)) copyFileSync(required, join(folder, `${name}.cjs`));
  }
  return {
    /** The path of a program. */
    path: (name: keyof typeof entries) => join(folder, `${name}.js`),
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
  /** What it has written to standard error so far. */
  const said = () => stderr;
  return { child, ended, said };
}

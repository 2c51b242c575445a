// Changed models by the thousand, in processes of their own: node scripts/hostile.mjs bytes|topologies|hdf5|corpus [--count 20000] [--seed 1] [--backend cpu]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The program of test/hostile as one file that Node runs; gives its folder. */
export async function bundle() {
  const folder = mkdtempSync(join(tmpdir(), 'rectify-hostile-'));
  await build({
    logLevel: 'silent',
    configFile: false,
    root: packageFolder,
    resolve: { conditions: ['@rectify/source'] },
    build: {
      outDir: folder,
      minify: false,
      target: 'node20',
      lib: { entry: 'test/hostile/program.ts', formats: ['es'], fileName: 'program' },
      rolldownOptions: { external: [/^@tensorflow/, /^node:/, 'fflate'] },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'));
  return { folder, close: () => rmSync(folder, { recursive: true }) };
}

/**
 * Runs the program and gives the lines that it says. A process that says nothing for so long hangs: it is killed, and named by what it was at.
 *
 * @param {string} folder @param {string[]} args @param {{ megabytes?: number, silence?: number, onLine?: (line: Record<string, any>) => void }} [options]
 * @returns {Promise<Record<string, any>[]>}
 */
export function run(
  folder,
  [what, backend, ...rest],
  { megabytes = 400, silence = 20_000, onLine = () => {} } = {},
) {
  const args = [
    `--max-old-space-size=${megabytes}`,
    'program.js',
    what,
    backend,
    join(packageFolder, 'fixtures'),
    ...rest,
  ];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    const lines = [];
    let text = '';
    let errors = '';
    let at = 'its start';
    const fail = (why) => reject(new Error(`the process ${why} at ${at}: ${errors.slice(-1000)}`));
    let timer = setTimeout(() => {}, 0);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`hangs for ${silence} ms`);
      }, silence);
    };
    wait();
    child.stdout.on('data', (data) => {
      wait();
      text += data;
      const parts = text.split('\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const line = JSON.parse(part);
        if (line.at) at = line.at;
        else {
          lines.push(line);
          onLine(line);
        }
      }
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(lines);
      else fail(`ends with ${code ?? signal}`);
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string', default: 'cpu' },
    },
  });
  const { folder, close } = await bundle();
  for (const what of positionals)
    await run(folder, [what, values.backend, values.count, values.seed], {
      silence: 60_000,
      onLine: (line) => process.stdout.write(`${what}: ${JSON.stringify(line)}\n`),
    });
  close();
}

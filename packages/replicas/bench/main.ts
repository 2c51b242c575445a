// `pnpm bench:replicas [--json] [--quick]`: how long training takes, beside what others take for the same work.
import { cpus } from 'node:os';
import { trainSync } from '../src/index.js';
import { cases } from './cases.js';
import { work } from './work.js';

const given = process.argv.slice(2);
const unknown = given.filter((argument) => !['--json', '--quick'].includes(argument));
if (unknown.length > 0)
  throw new Error(`there is no option ${unknown.join(', ')}; there are --json and --quick`);
const [json, quick] = ['--json', '--quick'].map((option) => given.includes(option));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

trainSync({ ...work(4), epochs: 20 }); // warms the engine's compilers
trainSync({ ...work(30), epochs: 20 });

const done: object[] = [];
for (const [name, measure] of Object.entries(cases)) {
  say(`${name} …`);
  const result = { name, ...(await measure({ quick })) };
  say(`  ${JSON.stringify(result)}`);
  done.push(result);
}

const [{ model = 'unknown' } = {}] = cpus();
const machine = {
  cpu: model,
  cores: cpus().length,
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};
const result = { machine, cases: done };
process.stdout.write(`${json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2)}\n`);

const failed = done.flatMap((one) => ('failure' in one ? [one.failure] : []));
for (const failure of failed) say(`failed: ${failure}`);
if (failed.length > 0) process.exitCode = 1;

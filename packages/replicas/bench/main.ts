// `pnpm bench:replicas [--json] [--quick] [--only CASE]…`: how long training takes, beside what others take for the same work.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { trainSync } from '../src/index.js';
import { cases } from './cases.js';
import { work } from './work.js';

const { json, quick, only } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: Object.keys(cases) },
  },
}).values;
const unknown = only.filter((name) => !Object.hasOwn(cases, name));
if (unknown.length > 0)
  throw new RangeError(`--only must be one of ${Object.keys(cases).join(', ')}, got ${unknown.join(', ')}`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

trainSync({ ...work(4), epochs: 20 }); // warms the engine's compilers
trainSync({ ...work(30), epochs: 20 });

const done: object[] = [];
for (const name of only) {
  say(`${name} …`);
  const result = { name, ...(await cases[name]({ quick })) };
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

// node scripts/api/report.mjs [--write]: what the packages export, in docs/api/, so that a change of it shows in a review. A test compares.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../release/workspace.mjs';
import { exported } from './exports.mjs';

const placeOf = (name) => join(root, 'docs/api', `${name.split('/')[1]}.txt`);

/** The report of each package by its name. A door says only what it has beside, or other than, the package's first. */
export function reports(all = exported()) {
  const texts = new Map();
  for (const { package: name, door, names } of all) {
    const main = door === name ? [] : all.find((one) => one.door === name).names;
    const same = main.filter(({ name, signature }) =>
      names.some((one) => one.name === name && one.signature === signature),
    );
    const shared = same.length > 0 ? [`// ${same.length} names as ${name} has them`] : [];
    const own = names.filter((one) => !same.some(({ name }) => name === one.name));
    const text = [`// ${door}`, ...shared, ...own.map(({ signature }) => signature)].join('\n\n');
    texts.set(name, texts.has(name) ? `${texts.get(name)}\n\n${text}` : text);
  }
  return new Map([...texts].map(([name, text]) => [name, `${text}\n`]));
}

/** The report that is committed. */
export const committed = (name) => (existsSync(placeOf(name)) ? readFileSync(placeOf(name), 'utf8') : '');

if (import.meta.filename === process.argv[1]) {
  mkdirSync(join(root, 'docs/api'), { recursive: true });
  for (const [name, text] of reports())
    if (process.argv.includes('--write')) writeFileSync(placeOf(name), text);
    else if (committed(name) !== text) {
      console.error(`${name} exports something else than docs/api says: node scripts/api/report.mjs --write`);
      process.exitCode = 1;
    }
}

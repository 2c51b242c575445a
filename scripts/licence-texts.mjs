// The licences of packages whose code a bundle carries, as text that is shipped beside the bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** `{ folder, name, version, license }` of the package that a file belongs to; undefined for what is no package's. */
export function packageOf(file) {
  const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
  return folder && { folder, ...readJson(join(folder, 'package.json')) };
}

const textIn = (folder) => {
  const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)/i.test(name));
  return file && readFileSync(join(folder, file), 'utf8').trim();
};

const inTypescript = join(
  dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'LICENSE.txt',
);
const mit = (holder) =>
  readFileSync(new URL('../LICENSE', import.meta.url), 'utf8')
    .trim()
    .replace(/^Copyright.*$/m, `Copyright ${holder}`);

const apache = () => readFileSync(inTypescript, 'utf8').trim();

/** Texts for packages that name their licence and carry no file of it: their sources say whose they are. */
function absent(name, license) {
  if (name === 'seedrandom' && license === 'MIT') return mit('2019 David Bau');
  if (!name.startsWith('@tensorflow/')) return undefined;
  if (license === 'Apache-2.0') return apache();
  if (license === 'Apache-2.0 AND MIT') return `${apache()}\n\n${mit('2018 Google LLC')}`;
  return undefined;
}

/** See licence-texts.d.mts. */
export function licenceTexts(files) {
  const packages = new Map();
  for (const file of files) {
    const found = packageOf(file);
    if (found) packages.set(`${found.name} ${found.version}`, found);
  }
  const parts = [...packages.entries()].sort().map(([title, { folder, name, license }]) => {
    const text = textIn(folder) ?? absent(name, license);
    if (!text) throw new Error(`${name} is bundled, and has no text of its licence (${license})`);
    return `## ${title} (${license})\n\n${text}\n`;
  });
  return `# Licences of what is bundled here\n\n${parts.join('\n')}`;
}

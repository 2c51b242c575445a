// The import map by which a page without a bundler finds what its script imports: an address for each bare name, of the file to which
// `exports` leads where neither Node nor a bundler asks.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const conditions = ['browser', 'import', 'default'];
const specifiers = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The path that an entry of `exports` gives. */
const chosen = (value) =>
  typeof value === 'object' && value
    ? chosen(Object.entries(value).find(([condition]) => conditions.includes(condition))?.[1])
    : value;

/** The file of a bare name, relative to the folder. */
function fileOf(folder, specifier) {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier);
  const home = `node_modules/${name}`;
  if (!existsSync(join(folder, home))) return undefined;
  const { exports, module, main } = JSON.parse(readFileSync(join(folder, home, 'package.json'), 'utf8'));
  const door = `.${rest}`;
  const path = exports ? chosen(exports[door] ?? (rest ? undefined : exports)) : (module ?? main);
  if (!path) throw new Error(`${name} has no door ${door} for a page`);
  return posix.join(home, path);
}

/** The map for a script, by following all that it imports; names for which `skip` holds are left to others. */
export function importMap(folder, script, skip) {
  const imports = {};
  const seen = new Set();
  const follow = (file, text = readFileSync(join(folder, file), 'utf8')) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const [, specifier] of code.matchAll(specifiers)) {
      if (/^(?:node|https?):/.test(specifier) || skip.test(specifier)) continue;
      const bare = !specifier.startsWith('.');
      const found = bare ? fileOf(folder, specifier) : posix.join(dirname(file), specifier);
      if (!found) continue;
      if (bare) imports[specifier] = `/${found}`;
      follow(found);
    }
  };
  follow('main.js', script);
  return imports;
}

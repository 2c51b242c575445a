// node scripts/release/rename-scope.mjs NAME: gives every package the scope @NAME in place of the one that it has, in all files that
// git knows, and tells how to make the lock file anew. For the day when the scope is not to be had.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../output.mjs';
import { publishedPackages, root } from './workspace.mjs';

const [scope] = process.argv.slice(2);
if (!/^[a-z0-9][a-z0-9-]*$/.test(scope ?? ''))
  throw new RangeError(
    `the scope must be small letters, digits and hyphens, without an @; got ${String(scope)}`,
  );

const now = publishedPackages()[0].manifest.name.split('/')[0];
// `@rectify`, and not the beginning of a longer word.
const whole = new RegExp(`${now}(?![\\w-])`, 'g');
const changed = output('git', ['grep', '-lIF', now, '--', ':!pnpm-lock.yaml'])
  .trim()
  .split('\n')
  .map((path) => join(root, path))
  .filter((path) => {
    const text = readFileSync(path, 'utf8');
    const renamed = text.replaceAll(whole, `@${scope}`);
    if (renamed !== text) writeFileSync(path, renamed);
    return renamed !== text;
  });
console.log(
  `${changed.length} files say @${scope} in place of ${now}. Next: npx pnpm install, npx pnpm format, npm test.`,
);

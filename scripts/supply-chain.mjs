// node scripts/supply-chain.mjs: every package that comes with ours when they are installed: version, licence, the day of that version
// and of the package's newest. It fails for a licence that is not permissive, for what is deprecated, and for a package without a new
// version in five years that is not named below. `--licences` looks at the licences alone, which needs no registry; `pnpm check` does that.
import { output } from './output.mjs';
import { publishedPackages, readManifest } from './release/workspace.mjs';

/** Licences under which what we depend on may be used and passed on. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
];

/** What is old and stays, with the reason. */
const finished = {
  seedrandom: "TensorFlow.js's; a generator that is what it is",
};

/** `{ name, version, license }` of all that is installed with the published packages. */
export function productionPackages() {
  const { packageManager } = readManifest('.');
  const filters = publishedPackages().flatMap(({ manifest }) => ['--filter', manifest.name]);
  const said = output('npx', ['--yes', packageManager, ...filters, 'licenses', 'list', '--prod', '--json']);
  return Object.entries(JSON.parse(said))
    .flatMap(([license, packages]) =>
      packages.flatMap(({ name, versions }) => versions.map((version) => ({ name, version, license }))),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those whose licence is not permissive, in words. */
export const licenceFaults = (packages) =>
  packages
    .filter(({ license }) => !permissive.includes(license))
    .map(({ name, version, license }) => `${name} ${version} has the licence ${license}`);

const years = (day) => (Date.now() - Date.parse(day)) / (365.25 * 24 * 3600e3);

function aged({ name, version, license }) {
  const found = JSON.parse(output('npm', ['view', `${name}@${version}`, 'time', 'deprecated', '--json']));
  // Where only one of the fields is there, npm gives it alone.
  const { time = found, deprecated } = [found].flat()[0];
  const days = Object.entries(time)
    .filter(([key]) => /^\d/.test(key))
    .map(([, day]) => day.slice(0, 10));
  return { name, version, license, of: time[version]?.slice(0, 10), newest: days.sort().at(-1), deprecated };
}

if (import.meta.filename === process.argv[1]) {
  const packages = productionPackages();
  const faults = licenceFaults(packages);
  if (!process.argv.includes('--licences')) {
    const rows = packages.map(aged);
    console.table(rows.map(({ deprecated, ...row }) => ({ ...row, deprecated: deprecated ?? '' })));
    for (const { name, version, newest, deprecated } of rows) {
      if (deprecated) faults.push(`${name} ${version} is deprecated: ${deprecated}`);
      if (years(newest) > 5 && !(name in finished)) faults.push(`${name}: no new version since ${newest}`);
    }
  }
  for (const fault of faults) console.error(fault);
  console.log(`${packages.length} packages come with ours; ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}

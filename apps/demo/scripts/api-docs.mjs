// After the page is built: the API reference of all packages, made of the comments in their sources, in dist/web/docs, under the page's own
// policy.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Application } from 'typedoc';
import { compilerOptions, doors } from '../../../scripts/api/exports.mjs';
import { projectFields } from '../../../scripts/release/manifests.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const web = fileURLToPath(new URL('../dist/web', import.meta.url));
const out = join(web, 'docs');
const all = doors();

const app = await Application.bootstrap({
  name: 'Rectify',
  entryPoints: all.map(({ file }) => file),
  basePath: root,
  readme: 'none',
  favicon: fileURLToPath(new URL('../src/web/public/icon.svg', import.meta.url)),
  disableGit: true,
  sourceLinkTemplate: `${projectFields('.').homepage.replace(/\/tree.*$/, '')}/blob/main/{path}#L{line}`,
  // The types are checked elsewhere.
  skipErrorChecking: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  searchInComments: true,
  hideGenerator: true,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  treatValidationWarningsAsErrors: true,
  logLevel: 'Warn',
});
app.options.setCompilerOptions(
  all.map(({ file }) => file),
  compilerOptions(),
  undefined,
);
const project = await app.convert();
if (!project) throw new Error('TypeDoc makes nothing of the sources');
// A module is called as one imports it.
for (const module of project.children ?? []) {
  const file = module.sources?.[0]?.fullFileName;
  const found = all.find((door) => relative(door.file, file ?? '') === '');
  if (!found) throw new Error(`TypeDoc has a module ${module.name} that is no door`);
  module.name = found.door;
}
app.validate(project);
if (app.logger.hasErrors() || app.logger.hasWarnings())
  throw new Error('see above what TypeDoc says of the comments');
await app.generateDocs(project, out);

// The policy of the page forbids scripts in the text of a page: TypeDoc's one goes into a file.
const { policy } = await import(
  pathToFileURL(fileURLToPath(new URL('../dist/serve/policy.js', import.meta.url))).href
);
const inline = /<script>(document\.documentElement\.dataset\.theme[^<]*)<\/script>/;
let script;
for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
)) {
  const path = join(out, file);
  const text = readFileSync(path, 'utf8');
  const up = '../'.repeat(file.split(/[\\/]/).length - 1);
  script ??= inline.exec(text)?.[1];
  const changed = text
    .replace('<head>', `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace(inline, `<script src="${up}assets/theme.js"></script>`);
  if (/<script>|<style|\son\w+=|\sstyle="/.test(changed))
    throw new Error(`${file} holds what the policy of the page forbids`);
  writeFileSync(path, changed);
}
if (!script) throw new Error('TypeDoc has another script than the one that is known');
writeFileSync(join(out, 'assets/theme.js'), script);

// Nor may a script make a style element; a sheet that it constructs is another matter.
const element = 'document.head.appendChild(document.createElement("style"))';
const sheet =
  '(()=>{const sheet=new CSSStyleSheet;let text="";document.adoptedStyleSheets.push(sheet);' +
  'return{dataset:{},get innerHTML(){return text},set innerHTML(value){sheet.replaceSync(text=value)}}})()';
const main = readFileSync(join(out, 'assets/main.js'), 'utf8');
if (main.split(element).length !== 2)
  throw new Error("TypeDoc's script makes its styles in another way than is known");
writeFileSync(
  join(out, 'assets/main.js'),
  main.replace(element, () => sheet),
);

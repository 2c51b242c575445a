// What each door of each published package exports, as the TypeScript compiler sees it in the sources: its signature, and whether a
// comment says what it is.
import { join } from 'node:path';
import ts from 'typescript';
import { publishedPackages, root } from '../release/workspace.mjs';

const source = (value) =>
  typeof value === 'object' ? source(value.node ?? value.default ?? Object.values(value)[0]) : value;

/** `{ package, door, file }` of every door, of all packages or of those named. */
export const doors = () =>
  publishedPackages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, value]) => value['@rectify/source'])
      .map(([door, value]) => ({
        package: manifest.name,
        folder,
        door: `${manifest.name}${door.slice(1)}`,
        file: join(root, folder, source(value['@rectify/source'])),
      })),
  );

const format =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType |
  ts.TypeFormatFlags.WriteArrowStyleSignature |
  ts.TypeFormatFlags.InTypeAlias;

/** How the sources of all packages are read together. */
export function compilerOptions() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const lib = ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];
  return { ...options, lib, types: ['node'], jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact' };
}

/** One program over all doors; types are looked at only where they are asked for. */
const program = () =>
  ts.createProgram(
    doors().map(({ file }) => file),
    compilerOptions(),
  );

/** What a member is called: TypeScript's name of a symbol's member has a number that other files decide, as in `__@iterator@353`. */
const memberName = (name) => name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]');

/** The members of an interface, an object type or a class, a line each. */
function members(checker, type, at) {
  return type
    .getProperties()
    .filter((property) => {
      const [declaration] = property.declarations ?? [];
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      // What a class has of TensorFlow.js's is theirs.
      return (
        !declaration ||
        (!(ts.getCombinedModifierFlags(declaration) & hidden) &&
          !declaration.getSourceFile().fileName.includes('node_modules'))
      );
    })
    .map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? '?' : '';
      return `  ${memberName(property.name)}${optional}: ${checker.typeToString(checker.getTypeOfSymbolAtLocation(property, at), undefined, format)};`;
    });
}

/** `{ name, kind, documented, signature }` of one exported name. */
function describe(checker, symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const at = target.valueDeclaration ?? target.declarations?.[0];
  const documented =
    target.getDocumentationComment(checker).length > 0 ||
    (target.declarations ?? []).some((d) => ts.getJSDocCommentsAndTags(d).length > 0);
  const about = { name: symbol.name, documented };
  const text = (type) => checker.typeToString(type, at, format);
  if (target.flags & ts.SymbolFlags.Class) {
    const type = checker.getDeclaredTypeOfSymbol(target);
    const constructed = checker.getTypeOfSymbolAtLocation(target, at).getConstructSignatures();
    const lines = constructed.map((one) => `  new ${checker.signatureToString(one, undefined, format)};`);
    return {
      ...about,
      signature: `class ${symbol.name} {\n${[...lines, ...members(checker, type, at)].join('\n')}\n}`,
    };
  }
  if (target.flags & ts.SymbolFlags.Function) {
    const type = checker.getTypeOfSymbolAtLocation(target, at);
    const lines = type
      .getCallSignatures()
      .map(
        (one) =>
          `function ${symbol.name}${checker.signatureToString(one, undefined, format & ~ts.TypeFormatFlags.WriteArrowStyleSignature)};`,
      );
    return { ...about, signature: lines.join('\n') };
  }
  if (target.flags & ts.SymbolFlags.Interface) {
    const type = checker.getDeclaredTypeOfSymbol(target);
    const lines = members(checker, type, at);
    for (const one of type.getCallSignatures())
      lines.unshift(
        `  ${checker.signatureToString(one, undefined, format & ~ts.TypeFormatFlags.WriteArrowStyleSignature)};`,
      );
    return { ...about, signature: `interface ${symbol.name} {\n${lines.join('\n')}\n}` };
  }
  if (target.flags & ts.SymbolFlags.TypeAlias)
    return { ...about, signature: `type ${symbol.name} = ${text(checker.getDeclaredTypeOfSymbol(target))};` };
  if (target.flags & ts.SymbolFlags.NamespaceModule || target.flags & ts.SymbolFlags.ValueModule)
    return { ...about, documented: true, signature: `namespace ${symbol.name};` };
  return {
    ...about,
    signature: `const ${symbol.name}: ${text(checker.getTypeOfSymbolAtLocation(target, at))};`,
  };
}

/** Every door with what it exports, by name. */
export function exported() {
  const built = program();
  const checker = built.getTypeChecker();
  return doors().map((door) => {
    const file = built.getSourceFile(door.file);
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(file));
    return {
      ...door,
      names: symbols.map((symbol) => describe(checker, symbol)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });
}

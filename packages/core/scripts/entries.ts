// The text of src/entries/*.ts: each entry's functions, with the documentation that stands over them in functions/. A bundler can leave
// out what is not used only where every function is an export of its own, so there is a line for each, and nobody writes it by hand.
import { readdirSync, readFileSync } from 'node:fs';
import * as programs from '../src/wasm/programs.js';

const folder = new URL('../src/functions/', import.meta.url);
const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));

/** The comment over `export function NAME(`, with the place where the arrays run in its first line. */
function documentation(name: string, where: string): string {
  for (const source of sources) {
    const at = Math.max(
      ...['(', '<', ' ', ':'].flatMap((next) =>
        ['function', 'const'].map((kind) => source.indexOf(`\nexport ${kind} ${name}${next}`)),
      ),
    );
    if (at < 0) continue;
    const comment = source.slice(source.lastIndexOf('/**', at), at).trimEnd();
    if (!comment.endsWith('*/')) break;
    return comment.replace(/\n \*\/$/, `\n *\n * ${where}\n */`);
  }
  throw new Error(`src/functions/ has no documented ${name}`);
}

interface Entry {
  head: string;
  where: string;
  /** An elementwise function. */
  make(name: string): string;
  /** What has kernels of its own. */
  special: Readonly<Record<string, string>>;
}

const wasmImports = (maker: string): string => `import * as define from '../functions/index.js';
import { ${maker} } from '../wasm/accelerate.js';
import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from '../wasm/prelu.js';
import * as programs from '../wasm/programs.js';
import { rreluTrainingOnWasm } from '../wasm/rrelu.js';`;

const special = (how: string): Record<string, string> => ({
  preluPerChannel: `preluPerChannelOnWasm('${how}')`,
  preluSlopeGradient: `preluSlopeGradientOnWasm('${how}')`,
  rreluTraining: `rreluTrainingOnWasm('${how}')`,
});

export const entries: Readonly<Record<string, Entry>> = {
  'only-js': {
    head: `// The functions of the JS entry.\nimport { onJs } from '../activation/dress.js';\nimport * as define from '../functions/index.js';`,
    where: 'Arrays run on JS.',
    make: (name) => `onJs(define.${name})`,
    special: {},
  },
  'only-wasm': {
    head: `// The functions of the WASM entry: their arrays never run on JS.\n${wasmImports('onWasm')}`,
    where: 'Arrays run on WASM; where there is none, `forward` and `backward` throw.',
    make: (name) => `onWasm(define.${name}, programs.${name})`,
    special: special('required'),
  },
  'preferring-wasm': {
    head: `// The functions of the default entry: JS scalars, arrays on WASM where the runtime has it.\n${wasmImports('onWasmOrJs')}`,
    where: 'Arrays run on WASM where the runtime has it, else on JS.',
    make: (name) => `onWasmOrJs(define.${name}, programs.${name})`,
    special: special('preferred'),
  },
};

export function entryText({ head, where, make, special }: Entry): string {
  const line = (name: string, value: string): string =>
    `${documentation(name, where)}\nexport const ${name} = /* @__PURE__ */ ${value};`;
  return [
    `// Made from functions/ by \`pnpm run docs\`; do not edit.\n${head}`,
    '// Over vectors arrays run on JS in every entry: those functions, and the types, are there as they are.',
    "export * from '../functions/index.js';",
    ...Object.keys(programs)
      .sort()
      .map((name) => line(name, make(name))),
    ...Object.entries(special).map(([name, value]) => line(name, value)),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n')
    .replace('as they are.\n\n', 'as they are.\n');
}

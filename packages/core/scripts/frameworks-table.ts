// FRAMEWORKS.md out of src/names/frameworks.ts: the test compares it, and `pnpm run docs` (the test with -u) renews it.
import {
  activation,
  type CanonicalName,
  type ForeignName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
  vectorActivation,
  vectorActivationNames,
} from '../src/index.js';

const value = (v: unknown): string =>
  v === 1 / 6 ? '1/6' : v === 1 / 8 ? '1/8' : v === 1 / 3 ? '1/3' : String(v);

const list = (params: object): string =>
  Object.entries(params)
    .map(([key, v]) => `${key} ${value(v)}`)
    .join(', ');

const code = (text: string): string => `\`${text}\``;

/** A name of a framework: whose it is of ours, its parameters where they are ours by another name, and what it means by itself. */
function row(ours: CanonicalName, { name, params, defaults, means }: ForeignName): string[] {
  const renamed = Object.entries(params ?? {}).map(([theirs, own]) =>
    theirs === own ? own : `${theirs} → ${own}`,
  );
  return [code(name), code(ours), renamed.join(', ') || '–', list({ ...defaults, ...means }) || '–'];
}

/** A Markdown table with padded cells, as the formatter wants it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(3, ...rows.map((row) => [...(row[k] ?? '')].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, k) => text + ' '.repeat((widths[k] ?? 0) - [...text].length)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

const titles: Readonly<Record<Framework, string>> = {
  keras: 'Keras 3',
  pytorch: 'PyTorch',
  onnx: 'ONNX',
  tfjs: 'TensorFlow.js',
  transformers: "Hugging Face's transformers (`hidden_act`)",
};

export function frameworksTable(): string {
  const names = Object.keys(frameworks) as CanonicalName[];
  const isVector = (name: string): boolean => (vectorActivationNames as readonly string[]).includes(name);
  const own = names.map((name) => {
    const f = isVector(name) ? vectorActivation(name) : activation(name);
    return [code(name), isVector(name) ? 'vectors' : 'elements', list(f.params) || '–'];
  });
  const sections = frameworkNames.map((framework) => {
    const rows = names.flatMap((name) => namesIn(name, framework).map((foreign) => row(name, foreign)));
    const head = ['its name', 'ours', 'its parameters', 'its defaults, where not ours'];
    return `## ${titles[framework]}\n\n${table([head, ...rows])}`;
  });
  return `# Names, parameters and defaults

Made from [src/names/frameworks.ts](src/names/frameworks.ts) by \`pnpm run docs\`; tests keep it true to the code, the tables of Keras,
PyTorch and ONNX to their own signatures, that of tfjs to its layers, and that of transformers to the formulas of its
\`activations.py\`. \`a → b\` says that its parameter \`a\` is our \`b\`.

${sections.join('\n\n')}

## Ours

${table([['name', 'works on', 'parameters and defaults'], ...own])}

## What no table can say

- Keras's \`gelu(approximate=True)\` is \`approximate: 'tanh'\`.
- ONNX \`Shrink\` is \`hard_shrink\` with bias 0; with bias = lambd it is \`soft_shrink\`.
- Selu with other constants than the paper's is a scaled \`elu\`.
- \`PRelu\`, and every PReLU with a slope for each channel, is \`preluPerChannel\`.
- Keras 2 and tfjs have another hard sigmoid (slope 0.2) than Keras 3 and PyTorch (1/6).
- transformers' \`gelu_10\`, a GELU clipped to ±10, is not there; nor are learned parameters, as those of its \`xielu\`: give their
  values.
`;
}

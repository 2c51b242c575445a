// FRAMEWORKS.md out of src/names/frameworks.ts: the test compares it, and `pnpm run docs` (the test with -u) renews it.
import {
  activation,
  type CanonicalName,
  type ForeignName,
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

function cell({ name, params, defaults, means }: ForeignName): string {
  const notes = [
    ...Object.entries(params ?? {}).map(([theirs, ours]) => (theirs === ours ? ours : `${theirs} → ${ours}`)),
    ...(defaults ? [`default ${list(defaults)}`] : []),
    ...(means ? [`means ${list(means)}`] : []),
  ];
  return notes.length > 0 ? `\`${name}\` (${notes.join('; ')})` : `\`${name}\``;
}

/** A Markdown table with padded cells, as the formatter wants it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(3, ...rows.map((row) => [...(row[k] ?? '')].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, k) => text + ' '.repeat((widths[k] ?? 0) - [...text].length)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

export function frameworksTable(): string {
  const rows = (Object.keys(frameworks) as CanonicalName[]).map((name) => {
    const f = (vectorActivationNames as readonly string[]).includes(name)
      ? vectorActivation(name)
      : activation(name);
    const cells = frameworkNames.map((framework) => namesIn(name, framework).map(cell).join('<br>') || '–');
    return [`\`${name}\``, list(f.params) || '–', ...cells];
  });
  return `# Names, parameters and defaults

Made from [src/names/frameworks.ts](src/names/frameworks.ts) by \`pnpm run docs\`; tests keep it true to the code, the columns of Keras,
PyTorch and ONNX to their own signatures, and that of tfjs to its layers. In brackets stand the parameters that the framework has:
\`a → b\` says that its \`a\` is our \`b\`; defaults stand where they are not ours. Keras is Keras 3.

${table([['ours', 'parameters and defaults', 'Keras', 'PyTorch', 'ONNX', 'tfjs'], ...rows])}

Keras's \`gelu(approximate=True)\` is \`approximate: 'tanh'\`; tfjs's \`gelu_new\` is the same function.
ONNX \`Shrink\` is \`hard_shrink\` with bias 0; with bias = lambd it is \`soft_shrink\`. Selu with other constants than the
paper's is a scaled \`elu\`. \`PRelu\`, and every PReLU with a slope for each channel, is \`preluPerChannel\`.
Keras 2 and tfjs have another hard sigmoid (slope 0.2) than Keras 3 and PyTorch (1/6).
`;
}

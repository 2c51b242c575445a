// The line that makes a function in each framework.
import { activation, type CanonicalName, type ForeignName, type Framework, namesIn } from '@rectify/core/js';
import type { ShownFunction } from './shown-function.js';

export interface CodeLine {
  readonly where: 'core' | 'tfjs-layer' | 'Keras 3' | 'PyTorch' | 'ONNX';
  /** The code, or undefined where the framework cannot say it. */
  readonly code: string | undefined;
  /** Why not, or what to know. */
  readonly note?: string;
}

type Params = Readonly<Record<string, unknown>>;

export function codeLines({ f }: ShownFunction): CodeLine[] {
  const defaults = activation(f.name).params as Params;
  const given = Object.entries(f.params).filter(([key, value]) => value !== defaults[key]);
  const object =
    given.length === 0 ? '' : `{ ${given.map(([key, value]) => `${key}: ${ts(value)}`).join(', ')} }`;
  const name = camel(f.name);
  return [
    { where: 'core', code: `import { ${name} } from '@rectify/core';\nconst f = ${name}(${object});` },
    tfjsLayer(f, object),
    { where: 'Keras 3', ...foreign(f, 'keras', keras) },
    { where: 'PyTorch', ...foreign(f, 'pytorch', pytorch) },
    { where: 'ONNX', ...foreign(f, 'onnx', onnx) },
  ];
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const ts = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));
const python = (value: unknown) =>
  value === null
    ? 'None'
    : value === true
      ? 'True'
      : typeof value === 'string'
        ? `"${value}"`
        : String(value);

function tfjsLayer({ name, params }: ShownFunction['f'], object: string): CodeLine {
  const start = "import { layers } from '@rectify/tfjs-layer';\n";
  const made: Record<string, string> = {
    leaky_relu: `layers.leakyReLU({ negativeSlope: ${params.negativeSlope} })`,
    prelu: `layers.prelu({ alphaInitializer: initializers.constant({ value: ${params.negativeSlope} }) })`,
    rrelu: `layers.rrelu(${object})`,
  };
  const other = `layers.activation({ activation: '${name}'${object === '' ? '' : `, params: ${object}`} })`;
  const initializers = name === 'prelu' ? "import { initializers } from '@tensorflow/tfjs-layers';\n" : '';
  return { where: 'tfjs-layer', code: `${start}${initializers}const layer = ${made[name] ?? other};` };
}

type Said = Pick<CodeLine, 'code' | 'note'>;
type Call = (name: string, params: readonly (readonly [string, unknown])[], f: ShownFunction['f']) => string;

/** The framework's own call, with the parameters that are not its defaults. */
function foreign(f: ShownFunction['f'], framework: Framework, call: Call): Said {
  const names: readonly ForeignName[] = namesIn(f.name as CanonicalName, framework);
  if (names.length === 0) return { code: undefined, note: 'has no such function' };
  const [{ name, params = {}, defaults = {} }] = names;
  const own = activation(f.name).params as Params;
  const theirs = Object.fromEntries(Object.entries(params).map(([their, our]) => [our, their]));
  const wanted = Object.entries(f.params).filter(
    ([key, value]) => value !== (Object.hasOwn(defaults, key) ? defaults[key] : own[key]),
  );
  const special = f.name === 'prelu';
  const unsaid = special ? undefined : wanted.find(([key]) => theirs[key] === undefined);
  if (unsaid)
    return {
      code: undefined,
      note: `its ${name} has no ${unsaid[0]}, so that it cannot be ${String(unsaid[1])} there`,
    };
  const needed = framework === 'pytorch' && f.name === 'threshold' ? Object.entries(f.params) : wanted;
  return {
    code: call(
      name,
      needed.map(([key, value]) => [theirs[key], value] as const),
      f,
    ),
  };
}

const list = (params: readonly (readonly [string, unknown])[]) =>
  params.map(([key, value]) => `${key}=${python(value)}`).join(', ');

const keras: Call = (name, params, f) => {
  const start = 'import keras\n';
  if (f.name === 'prelu')
    return `${start}layer = keras.layers.PReLU(alpha_initializer=keras.initializers.Constant(${f.params.negativeSlope}))`;
  if (/^[A-Z]/.test(name)) return `${start}layer = keras.layers.${name}(${list(params)})`;
  if (params.length === 0) return `${start}layer = keras.layers.Activation("${name}")`;
  const shown = params.map(
    ([key, value]) => [key, key === 'approximate' ? value === 'tanh' : value] as const,
  );
  return `${start}f = lambda x: keras.activations.${name}(x, ${list(shown)})`;
};

const pytorch: Call = (name, params, f) => {
  const start = 'import torch\n';
  if (f.name === 'prelu') return `${start}layer = torch.nn.PReLU(init=${f.params.negativeSlope})`;
  if (/^[A-Z]/.test(name)) return `${start}layer = torch.nn.${name}(${list(params)})`;
  return `${start}f = torch.${name}`;
};

const onnx: Call = (name, params, f) => {
  const start = 'from onnx import helper\n';
  if (f.name === 'prelu')
    return `${start}slope = helper.make_tensor("slope", 1, [1], [${f.params.negativeSlope}])\nnode = helper.make_node("PRelu", ["x", "slope"], ["y"])`;
  return `${start}node = helper.make_node("${name}", ["x"], ["y"]${params.length > 0 ? `, ${list(params)}` : ''})`;
};

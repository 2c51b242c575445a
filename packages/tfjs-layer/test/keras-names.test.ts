// docs/keras-layers.md: which of Keras's own layers and operators are read. Written anew by `vitest run -u`.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kinds } from '../src/keras/layers.js';
import { isActivation } from '../src/keras/operators.js';
import { AUGMENTATION } from '../src/layers/keras/augmentation.js';
import { operators } from '../src/layers/keras/operators/index.js';

interface Names {
  keras: string;
  layers: string[];
  operators: Record<string, string[]>;
}
const names: Names = JSON.parse(
  readFileSync(new URL('../fixtures/keras-names.json', import.meta.url), 'utf8'),
);

// A Pipeline is read as a Sequential.
const reads = (layer: string) => Object.hasOwn(kinds, layer) || layer === 'Pipeline';
const readsOperator = (name: string) => Object.hasOwn(operators, name) || isActivation(name, {});

/** Names side by side, in lines of up to 118 characters. */
function lines(all: string[]): string {
  const written: string[] = [];
  for (const name of all) {
    const last = written.at(-1);
    const text = `\`${name}\``;
    if (last !== undefined && last.length + text.length + 2 <= 118)
      written[written.length - 1] = `${last}, ${text}`;
    else written.push(text);
  }
  return all.length === 0 ? 'none' : written.join(',\n');
}

function page({ keras, layers, operators: modules }: Names): string {
  const isStill = (name: string) => AUGMENTATION.includes(name);
  const parts = [
    `# Layers and operators of Keras ${keras} that \`loadKerasModel\` reads`,
    "Made from Keras's own list of names by `test/keras-names.test.ts`; what each one cannot do is in the README.",
    'A layer that is not read can be given by `customObjects`, by the name of its class.',
    '## Layers',
    `### Read\n\n${lines(layers.filter((name) => reads(name) && !isStill(name)))}`,
    `### Nothing in prediction, and kept as that\n\n${lines(layers.filter((name) => reads(name) && isStill(name)))}`,
    `### Not read\n\n${lines(layers.filter((name) => !reads(name)))}`,
    '## Operators between layers',
    ...Object.entries(modules).flatMap(([module, all]) => [
      `### keras.ops, ${module}: read\n\n${lines(all.filter(readsOperator))}`,
      `### keras.ops, ${module}: not read\n\n${lines(all.filter((name) => !readsOperator(name)))}`,
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

it('the page of layers and operators is that of this reader', async () => {
  await expect(page(names)).toMatchFileSnapshot('../docs/keras-layers.md');
});

it('every class that is read is one of Keras’s, now or once', () => {
  const gone = ['RandomHeight', 'RandomWidth', 'ThresholdedReLU'];
  // Of its applications, and not among its public layers.
  const inner = ['CustomScaleLayer', 'LayerScale', 'StochasticDepth'];
  const own = [...names.layers, ...gone, ...inner];
  expect(Object.keys(kinds).filter((name) => !own.includes(name))).toEqual([]);
  const all = Object.values(names.operators).flat();
  expect(Object.keys(operators).filter((name) => !all.includes(name))).toEqual([]);
});

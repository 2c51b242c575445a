import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rectify } from './_command.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Two numbers with holes, a category with holes, and a class that hangs on them. */
const classes = () =>
  file(
    'classes.csv',
    `size,weight,colour,kind\n${Array.from({ length: 90 }, (_, i) => {
      const colour = i % 13 === 0 ? '' : ['red', 'green', 'blue'][(i * 7) % 3];
      const size = i % 11 === 0 ? '' : (i % 3) + ((i * 5) % 7) / 10;
      return `${size},${((i * 31) % 17) / 4},${colour},${['a', 'b', 'c'][i % 3]}`;
    }).join('\n')}\n`,
  );

const numbers = () =>
  file(
    'numbers.csv',
    `x,y,price\n${Array.from({ length: 80 }, (_, i) => `${i % 9},${(i * 7) % 11},${300 + 20 * (i % 9) + ((i * 3) % 17)}`).join('\n')}\n`,
  );

const trained = async (path: string, name: string, ...args: string[]) => {
  const model = join(folder, name);
  const ran = await rectify(['train', path, ...args, '--epochs', '20', '--model', model, '--json']);
  expect(ran.stderr).toMatch(/Written: /);
  expect(ran.code).toBe(0);
  return { model, card: JSON.parse(ran.stdout) };
};

describe('rectify train and predict', { timeout: 60_000 }, () => {
  it('names a number that no network can take', async () => {
    const { model } = await trained(classes(), 'far', '--label', 'kind');
    const far = file('far.csv', 'size,weight,colour,kind\n1,2,red,a\n1,-3.4e40,blue,b\n0.5,3,red,c\n');
    const said = await rectify(['predict', model, far]);
    expect([said.code, said.stdout]).toEqual([1, '']);
    expect(said.stderr).toContain(
      'column "weight" has the value -3.4e+40 in row 2: as the network gets it, it passes 3.4e38, the largest float32; is it a code for missing?',
    );
    for (const [name, factor, what] of [
      ['large', 1e40, 'the value 3.38e+42 in row 1'],
      ['small', 1e-40, 'values '],
    ] as const) {
      const rows = Array.from({ length: 80 }, (_, i) => `${i % 9},${(338 + 20 * (i % 9)) * factor}`);
      const { code, stderr } = await rectify([
        ...['train', file(`${name}.csv`, `x,y\n${rows.join('\n')}\n`), '--target', 'y'],
        ...['--model', join(folder, name)],
      ]);
      expect(code).toBe(1);
      expect(stderr).toContain(`column "y" has ${what}`);
      expect(stderr).toContain('a model answers in float32, from 1e-30 to 3.4e38');
      expect(existsSync(join(folder, name))).toBe(false);
    }
  });

  it.each([
    ['standardised', 'leaky_relu:0.05'],
    ['robust', 'prelu:0.3@lr=0.01@init=he_normal'],
    ['raw', 'gelu:tanh'],
    ['pca', 'celu:0.7'],
  ])('predicting the training file gives the scores of training again: %s, %s', async (prepare, arm) => {
    const args = ['--label', 'kind', '--activation', arm, '--hidden', '8x4', '--prepare', prepare];
    const { model, card } = await trained(classes(), `of-${prepare}`, ...args);
    expect(readdirSync(model).sort()).toEqual(['card.md', 'model.json', 'weights.bin']);
    const { code, stdout } = await rectify(['predict', model, classes(), '--json']);
    expect(code).toBe(0);
    const { scores, predictions } = JSON.parse(stdout);
    expect(scores).toEqual(card.scores.all);
    expect(scores.rows).toBe(90);
    for (const { probabilities } of predictions)
      expect(probabilities.reduce((sum: number, p: number) => sum + p, 0)).toBeCloseTo(1, 5);
    expect(card.scores.training.rows + card.scores.heldOut.rows).toBe(90);
    expect(card.activation).toBe(arm);
  });

  it('a regression answers in the unit of its target', async () => {
    const { model, card } = await trained(numbers(), 'regression', '--target', 'price', '--hidden', '8');
    const { stdout, stderr } = await rectify(['predict', model, numbers()]);
    const [header, ...lines] = stdout.trimEnd().split('\n');
    expect(header).toBe('price');
    expect(lines).toHaveLength(80);
    for (const line of lines) expect(Number(line)).toBeGreaterThan(100);
    expect(stderr).toContain(`RMSE ${card.scores.all.rmse.toFixed(3)}`);
    expect(card.scores.heldOut.rmse).toBeLessThan(2 * card.always.score);
  });

  it('needs the features and nothing else, and says which row is what', async () => {
    const { model } = await trained(classes(), 'plain', '--label', 'kind', '--activation', 'relu');
    const some = file('some.csv', 'weight,size,colour\n1.5,2.2,red\n,0.1,\n');
    const { code, stdout, stderr } = await rectify(['predict', join(model, 'model.json'), some]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('kind,probability of a,probability of b,probability of c');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^[abc],0\.\d+,0\.\d+,0\.\d+$/);
  });

  it('refuses another table, and what is no model', async () => {
    const { model } = await trained(classes(), 'picky', '--label', 'kind');
    const other = await rectify(['predict', model, numbers()]);
    expect(other).toMatchObject({ code: 1, stdout: '' });
    expect(other.stderr).toMatch(/numbers\.csv.*size/);
    const violet = await rectify(['predict', model, file('violet.csv', 'weight,size,colour\n1,2,violet\n')]);
    expect(violet).toMatchObject({ code: 1, stdout: '' });
    expect(violet.stderr).toMatch(/row 1, column "colour": "violet" is not one of/);
    expect(other.stderr).toMatch(/the model needs a table with size, weight, colour/);
    for (const [path, message] of [
      [join(folder, 'absent'), /absent.*there is no such file/],
      [file('broken.json', '{"a":'), /broken\.json: this is no JSON/],
      [file('foreign.json', '{"format":"layers-model"}'), /no model of rectify train/],
    ] as const) {
      const { code, stdout, stderr } = await rectify(['predict', path, classes()]);
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stdout).toBe('');
      expect(code).toBe(1);
    }
  });

  it.each([
    [['--activation', 'leeky_relu'], /leeky_relu.*leaky_relu/],
    [['--activation', 'relu@lr=0.1|0.2'], /activation must be one/],
    [['--split', 'leave-one-group-out'], /split must be random, stratified or grouped/],
    [['--epochs', '0'], /--epochs/],
    [['--hidden', '3x'], /--hidden/],
  ])('bad usage: %j', async (args, message) => {
    const model = join(folder, 'never');
    const { code, stdout, stderr } = await rectify([
      ...['train', classes(), '--label', 'kind', '--model', model],
      ...args,
    ]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(model)).toBe(false);
  });

  it('a training that diverges saves nothing and says what to do', async () => {
    const model = join(folder, 'diverged');
    const args = ['--label', 'kind', '--prepare', 'raw', '--activation', 'relu@lr=1e30', '--model', model];
    const { code, stderr } = await rectify(['train', classes(), ...args]);
    expect(stderr).toMatch(/diverged after epoch \d+: take a smaller learning rate, as relu@lr=0\.0001/);
    expect(code).toBe(1);
    expect(existsSync(model)).toBe(false);
  });
});

describe('rectify plot', () => {
  it('draws in the terminal, and as SVG', async () => {
    const { code, stdout } = await rectify(['plot', 'relu', 'LeakyReLU:0.2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/┼|•/);
    expect(stdout).toMatch(/• relu\n.*x leaky_relu:0\.2\n$/);
    const path = join(folder, 'graph.svg');
    expect((await rectify(['plot', 'gelu', '--svg', path])).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^<svg[\s\S]*gelu[\s\S]*<\/svg>\n+$/);
    expect((await rectify(['plot', 'gelu', '--svg', '-'])).stdout).toBe(readFileSync(path, 'utf8'));
  });

  it.each([
    [['gelo'], 2, /gelo.*gelu/],
    [['relu@lr=0.1'], 2, /a setting of training/],
    [['relu', '--from', '3', '--to', '2'], 2, /from/],
    [['softmax'], 2, /works on vectors/],
    [[], 2, /missing required argument/],
  ])('%j is bad usage', async (args, expected, message) => {
    const { code, stderr } = await rectify(['plot', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(expected);
  });

  it('says where a picture cannot be written', async () => {
    const { code, stderr } = await rectify(['plot', 'relu', '--svg', join(file('taken', ''), 'x.svg')]);
    expect(stderr).toMatch(/--svg .*taken/);
    expect(code).toBe(3);
  });
});

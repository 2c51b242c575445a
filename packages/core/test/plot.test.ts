import { describe, expect, it } from 'vitest';
import { activation, activationNames, leakyRelu, relu, softmax, step } from '../src/index.js';
import { plot } from '../src/plot.js';

const paths = (svg: string) => [...svg.matchAll(/<path d="([^"]+)"/g)].map((match) => match[1]);

describe('plot', () => {
  it('draws the article: ReLU, and Leaky ReLU with A = 0.2 and 0.09, on their cross from −10 to 10', async () => {
    await expect(plot(relu(), { derivative: false, labels: ['ReLU'], title: 'ReLU' })).toMatchFileSnapshot(
      '../docs/article-relu.svg',
    );
    await expect(
      plot([leakyRelu({ negativeSlope: 0.2 }), leakyRelu({ negativeSlope: 0.09 })], {
        derivative: false,
        labels: ['A = 0.2', 'A = 0.09'],
        title: 'Leaky ReLU',
      }),
    ).toMatchFileSnapshot('../docs/article-leaky-relu.svg');
  });

  it.each(activationNames)('draws %s for the docs', (name) =>
    expect(plot(activation(name), { from: -5, to: 5, title: name })).toMatchFileSnapshot(
      `../docs/${name}.svg`,
    ),
  );

  it('goes through the points of the function', () => {
    const svg = plot(leakyRelu({ negativeSlope: 0.5 }), {
      from: -10,
      to: 10,
      derivative: false,
      width: 248,
      height: 252,
    });
    // The picture is 200 × 200 from (36, 28); y runs from −5.75 to 10.75, 5 % beyond −5…10.
    const curve = paths(svg)[2];
    const points = [...curve.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
      (m) => [Number(m[1]), Number(m[2])] as const,
    );
    const y = (v: number) => 228 - ((v + 5.75) / 16.5) * 200;
    for (const [px, py] of points) {
      const x = ((px - 36) / 200) * 20 - 10;
      expect(Math.abs(py - y(leakyRelu({ negativeSlope: 0.5 })(x)))).toBeLessThan(0.02);
    }
    expect(points.length).toBeGreaterThan(200);
  });

  it('does not join a jump', () => {
    const curve = paths(plot(step(), { derivative: false }))[2];
    expect(curve.match(/M/g)).toHaveLength(2);
    expect(paths(plot(relu(), { derivative: false }))[2].match(/M/g)).toHaveLength(1);
  });

  it('escapes what it is given, and writes no NaN', () => {
    const svg = plot(relu(), { title: '<script>&"', labels: ["a'b"] });
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&#60;script&#62;&#38;&#34;');
    for (const name of activationNames) expect(plot(activation(name))).not.toMatch(/NaN|Infinity|undefined/);
  });

  it.each([
    [1e15, 1e15 + 1],
    [1, 1 + 1e-15],
    [-1e-300, 1e-300],
    [0, 1e300],
    [-5, -4],
  ])('draws from %d to %d', (from, to) => {
    for (const f of [relu(), step(), activation('exponential')])
      expect(plot(f, { from, to })).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('names parameters in the legend, short and without those that are none', () => {
    expect(plot(activation('hard_sigmoid'))).toContain('>hard_sigmoid (slope 0.1667, offset 0.5)<');
    expect(plot(activation('softplus'))).toContain('>softplus (beta 1)<');
  });

  it('refuses what it cannot draw', () => {
    expect(() => plot([])).toThrow(new RangeError('plot draws 1 to 7 functions, got 0'));
    expect(() => plot((() => 1) as never)).toThrow(TypeError);
    expect(() => plot(relu(), { from: 1, to: 1 })).toThrow(
      new RangeError('from must be less than to 1, got 1'),
    );
    expect(() => plot(relu(), { width: 0 })).toThrow('width must be a positive integer, got 0');
    expect(() => plot(relu(), { labels: [] })).toThrow('labels must name each of the 1 functions, got 0');
    expect(() => plot(relu(), { colour: 1 } as object)).toThrow('plot has no parameter "colour"');
    expect(() => plot(relu(), { widht: 9 } as object)).toThrow('"widht"; did you mean width?');
    expect(() => plot(relu(), 9 as never)).toThrow('the options of plot must be an object, got 9');
    expect(() => plot(relu(), { width: 48 })).toThrow('width must be greater than 48, the margins, got 48');
    expect(() => plot(relu(), { height: 52 })).toThrow('height must be greater than 52, the margins, got 52');
    expect(() => plot(relu(), { title: 7 as unknown as string })).toThrow('title must be a string, got 7');
    expect(() => plot(relu(), { labels: [7] as unknown as string[] })).toThrow(
      'a label must be a string, got 7',
    );
    expect(() => plot(relu(), { labels: 'r' as unknown as string[] })).toThrow(
      'labels must be an array of strings',
    );
    expect(() => plot(relu(), { derivative: 1 as unknown as boolean })).toThrow(
      'derivative must be true or false',
    );
    expect(() => plot(relu(), { from: Number.NaN })).toThrow('from must be finite, got NaN');
    expect(() => plot(relu(), { from: -1e308, to: 1e308 })).toThrow('from and to must be nearer together');
    expect(() => plot(softmax() as never)).toThrow('plot draws activations, got function');
  });
});

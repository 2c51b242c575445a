import { describe, expect, it } from 'vitest';
import { activation, activationNames, leakyRelu, relu } from '../src/index.js';

describe('activation by name', () => {
  it.each(['leaky_relu', 'LeakyReLU', 'LeakyRelu', 'leakyReLU', 'leakyRelu', 'leaky-relu'])('%s', (name) =>
    expect(activation(name).name).toBe('leaky_relu'),
  );

  it('takes the parameters of the frameworks', () => {
    expect(activation('LeakyReLU', { alpha: 0.05 }).params).toEqual({ negativeSlope: 0.05 });
    expect(activation('ReLU', { max_value: 6, negative_slope: 0.1 }).params).toEqual({
      negativeSlope: 0.1,
      maxValue: 6,
      threshold: 0,
    });
  });

  it('refuses what it does not know', () => {
    expect(() => activation('relux')).toThrow(RangeError);
    expect(() => activation('relux')).toThrow('no activation is called "relux"; did you mean "relu", ');
    expect(() => activation('__proto__')).toThrow(RangeError);
    expect(() => activation('relu', { slope: 1 })).toThrow('relu has no parameter "slope"');
    expect(() => activation('leaky_relu', { alpha: 1, negativeSlope: 2 })).toThrow('given twice');
    expect(() => activation(3 as unknown as string)).toThrow(TypeError);
    expect(() => activation({ name: 'relu', params: {}, more: 1 } as never)).toThrow('"more":1');
  });
});

describe('the options of activation', () => {
  it.each<[string, unknown, ErrorConstructor, string]>([
    ['a string', 'keras', TypeError, 'options must be an object, as { framework: \'keras\' }, got "keras"'],
    ['null', null, TypeError, 'options must be an object'],
    [
      'a misspelt key',
      { frameworks: 'keras' },
      TypeError,
      'there is no option "frameworks"; there is framework',
    ],
    [
      'an unknown framework',
      { framework: 'Keras' },
      RangeError,
      'framework must be one of keras, pytorch, onnx, tfjs, transformers, got "Keras"',
    ],
  ])('%s is an error, not our defaults', (_, options, kind, message) => {
    expect(() => activation('LeakyReLU', {}, options as object)).toThrow(kind);
    expect(() => activation('LeakyReLU', {}, options as object)).toThrow(message);
  });

  it('a name that only another framework has is none', () => {
    expect(() => activation('swish', {}, { framework: 'pytorch' })).toThrow(RangeError);
    expect(activation('swish', {}, { framework: 'keras' }).name).toBe('silu');
  });
});

describe('JSON', () => {
  it.each([relu({ maxValue: 6 }), leakyRelu({ negativeSlope: 0.05 })])('gives $name back', (f) => {
    for (const again of [
      activation(JSON.parse(JSON.stringify(f))),
      activation(JSON.stringify(f)),
      activation(f.toJSON()),
    ]) {
      expect(again.toJSON()).toEqual(f.toJSON());
      expect(again(-2)).toBe(f(-2));
    }
  });

  it('is plain data', () => {
    expect(JSON.stringify(leakyRelu())).toBe('{"name":"leaky_relu","params":{"negativeSlope":0.01}}');
  });
});

it('every name leads to itself', () => {
  for (const name of activationNames) expect(activation(name).name).toBe(name);
});

it('the formula carries the parameters', () => {
  expect(leakyRelu({ negativeSlope: 0.2 }).formula).toBe(
    '\\begin{cases} x & x \\ge 0 \\\\ 0.2\\,x & x < 0 \\end{cases}',
  );
  expect(relu({ maxValue: 6 }).formula).toBe(
    '\\begin{cases} \\min(x, 6) & x > 0 \\\\ 0 & x \\le 0 \\end{cases}',
  );
});

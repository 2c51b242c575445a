import { activation } from '@rectify/core/js';
import { describe, expect, test } from 'vitest';
import { defaultArms } from '../src/arms/arm.js';
import { parseArm, parseArms } from '../src/arms/parse-arm.js';

describe('an arm', () => {
  test.each([
    ['relu', 'relu', 'relu', {}],
    ['leaky_relu:0.05', 'leaky_relu:0.05', 'leaky_relu', { negativeSlope: 0.05 }],
    ['LeakyReLU:.05', 'leaky_relu:0.05', 'leaky_relu', { negativeSlope: 0.05 }],
    [' leakyRelu : 5e-2 ', 'leaky_relu:0.05', 'leaky_relu', { negativeSlope: 0.05 }],
    ['leaky_relu:negative_slope=0.2', 'leaky_relu:0.2', 'leaky_relu', { negativeSlope: 0.2 }],
    ['swish', 'silu', 'silu', {}],
    ['gelu:approximate=tanh', 'gelu:tanh', 'gelu', { approximate: 'tanh' }],
    ['hard_tanh:-2:maxValue=2', 'hard_tanh:-2:maxValue=2', 'hard_tanh', { minValue: -2, maxValue: 2 }],
  ])('%s is %s', (text, name, of, params) => {
    expect(parseArm(text)).toEqual({ name, activation: activation(of, params).toJSON(), choices: [] });
  });

  test('has a learning rate and an initialiser', () => {
    expect(parseArm('tanh@lr=0.01@init=he_normal')).toMatchObject({
      ...{ name: 'tanh@lr=0.01@init=he_normal', learningRate: 0.01, initializer: 'he_normal' },
    });
  });

  test('chooses among what stands between bars', () => {
    const { name, choices } = parseArm('leaky_relu:0.01|0.2@lr=0.001|0.01');
    expect(name).toBe('leaky_relu:0.01|0.2@lr=0.001|0.01');
    expect(choices.map((one) => [one.activation.params, one.learningRate])).toEqual([
      [{ negativeSlope: 0.01 }, 0.001],
      [{ negativeSlope: 0.01 }, 0.01],
      [{ negativeSlope: 0.2 }, 0.001],
      [{ negativeSlope: 0.2 }, 0.01],
    ]);
  });

  test('its canonical text means the same', () => {
    for (const text of [...defaultArms, 'LeakyReLU:0.1|0.2', 'elu:2@init=he_uniform@lr=1e-2']) {
      const arm = parseArm(text);
      expect(parseArm(arm.name)).toEqual(arm);
    }
  });

  test.each([
    ['leaky_rellu:0.05', 'no activation is called "leaky_rellu"; did you mean "leaky_relu"?'],
    ['xyz', 'no activation is called "xyz"; there are linear, relu,'],
    ['softmax', '"softmax" works on vectors, an arm needs a function of one number'],
    ['', 'must begin with the name of an activation, as leaky_relu:0.05'],
    ['tanh:2', 'tanh has no parameter'],
    ['leaky_relu:slope=1', 'leaky_relu has no parameter "slope", it has negativeSlope'],
    ['leaky_relu:negativeSlop=1', 'it has negativeSlope; did you mean "negativeSlope"?'],
    ['leaky_relu:abc', 'negativeSlope must be'],
    ['leaky_relu:0.1:0.2', '"0.2" must be key=value'],
    ['leaky_relu:0.1:negativeSlope=0.2', 'negativeSlope is given twice'],
    ['leaky_relu:', 'negativeSlope has no value'],
    ['elu:-1', 'alpha must be finite and not negative, got -1'],
    ['relu@lr=0', 'lr must be a finite number above 0, got "0"'],
    ['relu@lr=fast', 'lr must be a finite number above 0, got "fast"'],
    ['relu@init=he_norml', 'did you mean "he_normal"?'],
    ['relu@momentum=1', 'a setting after @ must be one of lr, init, got "momentum"'],
  ])('%j: %s', (text, message) => {
    expect(() => parseArm(text)).toThrow(message);
    expect(() => parseArm(text)).toThrow(RangeError);
  });
});

test('a list of arms, and twins in it', () => {
  expect(parseArms('relu,leaky_relu:0.05').map(({ name }) => name)).toEqual(['relu', 'leaky_relu:0.05']);
  expect(() => parseArms('relu,relu')).toThrow('arm "relu" is given twice');
  expect(() => parseArms('leaky_relu,leaky_relu:0.01')).toThrow(
    'arms "leaky_relu" and "leaky_relu:0.01" are the same',
  );
  expect(() => parseArms([])).toThrow('arms must be a list such as relu,leaky_relu:0.05');
  expect(() => parseArm(3 as never)).toThrow(TypeError);
});

import { expect, test } from 'vitest';
import { encodeLabels } from '../src/index.js';

const labels = ['Type2', 'Normal', 'Type1', 'Normal'];

test('article', () => {
  const { values, decode } = encodeLabels(labels, 'article');
  expect(values).toEqual(new Float32Array([-1, 0, 1, 0]));
  expect(decode(values)).toEqual(labels);
  expect(decode([-0])).toEqual(['Normal']);
  expect(() => decode([0.5])).toThrow(new RangeError('values[0] must be one of 0, 1, -1, got 0.5'));
});

test('index', () => {
  const { values, decode } = encodeLabels(labels, 'index');
  expect(values).toEqual(new Float32Array([2, 0, 1, 0]));
  expect(decode(values)).toEqual(labels);
});

test('one-hot, and back from probabilities', () => {
  const { values, shape, decode } = encodeLabels(labels, 'one-hot');
  expect(shape).toEqual([4, 3]);
  expect([...values]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0]);
  expect(decode(values)).toEqual(labels);
  expect(decode([0.2, 0.5, 0.3])).toEqual(['Type1']);
  expect(() => decode([1, 0])).toThrow(RangeError);
  expect(() => decode([NaN, 0, 0])).toThrow(RangeError);
});

test('unknown labels are errors, whatever they are called', () => {
  for (const label of ['normal', '__proto__', 'constructor', '']) {
    expect(() => encodeLabels([label], 'index')).toThrow(
      `labels[0] must be one of "Normal", "Type1", "Type2", got "${label}"`,
    );
  }
  expect(() => encodeLabels(['x'], 'article', ['x', 'y'])).toThrow(RangeError);
  expect([...encodeLabels(['__proto__'], 'index', ['x', '__proto__']).values]).toEqual([1]);
});

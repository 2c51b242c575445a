import { leakyRelu, relu, sigmoid, step } from '@rectify/core';
import { describe, expect, it } from 'vitest';
import { plotText } from '../src/terminal/plot.js';
import { textTable } from '../src/terminal/table.js';
import { networkLines, summaryLines } from '../src/tutorial/network.js';

const lines = (text: string) => text.split('\n');

describe('a graph in the terminal', () => {
  it('has the cross of the tutorial, and the function on it', () => {
    expect(
      lines(plotText([leakyRelu({ negativeSlope: 0.5 })], { columns: 9, rows: 7, labels: ['A = 0.5'] })),
    ).toEqual([
      '10     │   •',
      '       │  •',
      '       │ •',
      '       │•',
      ' 0 ────•────',
      '     ••│',
      '-5 ••  │',
      '   -10    10',
      '   • A = 0.5',
    ]);
  });

  it('marks each function with a sign of its own, the first above the others', () => {
    const text = plotText([relu(), leakyRelu({ negativeSlope: 0.5 })], { columns: 21, rows: 11 });
    expect(text).toContain('• relu');
    expect(text).toContain('x leaky_relu (negativeSlope 0.5)');
    const [first] = lines(text);
    expect(first.at(-1)).toBe('•');
  });

  it('keeps a jump together, and stays within its span where a function leaves it', () => {
    const jump = lines(plotText([step()], { from: -1, to: 1, columns: 5, rows: 5 })).slice(0, 5);
    expect(jump.filter((line) => line.includes('•'))).toHaveLength(5);
    const steep = plotText([leakyRelu({ negativeSlope: 1000 })], { columns: 21, rows: 11 });
    expect(Math.max(...lines(steep).map((line) => line.length))).toBeLessThan(60);
  });

  it('refuses what it cannot draw', () => {
    expect(() => plotText([])).toThrow(/1 to 6 functions, got 0/);
    expect(() => plotText([sigmoid()], { from: 2, to: 1 })).toThrow(/from must be less than to, got 2 and 1/);
  });
});

describe('the network', () => {
  it('joins every input to every hidden unit, and those to the output, whatever the number of inputs', () => {
    expect(lines(networkLines(['a', 'b', 'c', 'd']))).toEqual([
      'a o─┬─(h1)─┐',
      'b o─┼─(h2)─┼─(y)  answer: 1 above 0.5, else 0',
      'c o─┼─(h3)─┘',
      'd o─┘',
    ]);
    expect(lines(networkLines(['a']))).toEqual([
      '    ┌─(h1)─┐',
      'a o─┼─(h2)─┼─(y)  answer: 1 above 0.5, else 0',
      '    └─(h3)─┘',
    ]);
  });

  it('has the parameters that Keras counts', () => {
    expect(summaryLines(6)).toContain('dense (Dense)              (None, 3)     21');
    expect(summaryLines(6)).toContain('Total params: 25');
  });
});

describe('a table in the terminal', () => {
  it('shows a missing cell, and no control character of a file', () => {
    expect(
      lines(
        textTable(
          ['n', 'text'],
          [
            [1.5, 'a\u001b[2J'],
            [null, '\u202eb'],
          ],
        ),
      ),
    ).toEqual(['  n  text', '1.5  a�[2J', '  –  �b']);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDecimal, readPlainNumber } from '../src/read/number-text.js';

const parseDecimal = (text: string) => readPlainNumber(`,${text},`, 1, text.length + 1, '.'.charCodeAt(0));

test('short decimals are read to the same bits as by Number, and nothing else is', () => {
  const anything = fc.oneof(
    fc.stringMatching(/^[0-9]{0,7}\.?[0-9]{0,7}$/),
    fc.stringMatching(/^[-+.e0-9 ,x]{0,12}$/),
    fc.double({ noNaN: true }).map(String),
  );
  let read = 0;
  fc.assert(
    fc.property(anything, (text) => {
      const value = parseDecimal(text);
      if (Number.isNaN(value)) return;
      read++;
      expect(isDecimal(text.trim())).toBe(true);
      expect(Object.is(value, Number(text))).toBe(true);
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(500);
});

test('the usual cell takes the short way', () => {
  for (const text of ['0', '6.8', '13.07', '.5', '5.', '-1', ' 1 ', '123456789', '0.00000001'])
    expect(parseDecimal(text)).toBe(Number(text));
  for (const text of ['', '.', '-', '- 1', '+1', '1e3', '1234567890', '0x1', '1,5', '1.2.3', '٣'])
    expect(parseDecimal(text)).toBeNaN();
});

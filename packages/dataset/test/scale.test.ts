import { expect, test } from 'vitest';
import { fitStandardScaler, sampleDiabetes, standardScaler } from '../src/index.js';

test('columns get mean 0 and population sd 1, and come back', () => {
  const matrix = sampleDiabetes().toMatrix();
  const scaler = fitStandardScaler(matrix);
  const scaled = scaler.transform({ ...matrix, data: Float64Array.from(matrix.data) });
  for (let j = 0; j < 6; j++) {
    const column = scaled.data.filter((_, i) => i % 6 === j);
    const mean = column.reduce((sum, z) => sum + z, 0) / 1009;
    const variance = column.reduce((sum, z) => sum + z * z, 0) / 1009;
    expect(Math.abs(mean)).toBeLessThan(1e-12);
    expect(Math.abs(variance - 1)).toBeLessThan(1e-12);
  }
  const back = scaler.inverse(scaled).data;
  expect(Math.max(...back.map((x, i) => Math.abs(x - (matrix.data[i] as number))))).toBeLessThan(1e-12);
  expect(standardScaler(JSON.parse(JSON.stringify(scaler))).transform(matrix)).toEqual(
    scaler.transform(matrix),
  );
});

test('a constant column is centred and not divided by zero', () => {
  const scaler = fitStandardScaler({ data: new Float64Array([0.1, 0.1, 0.1]), shape: [3, 1] });
  expect(scaler.sd).toEqual([1]);
  const scaled = scaler.transform({ data: new Float64Array([0.1, 3.1]), shape: [2, 1] });
  expect(scaled.data[0]).toBeCloseTo(0, 15); // the mean of three 0.1 is 0.10000000000000002
  expect(scaled.data[1]).toBeCloseTo(3, 15);
});

test('what cannot be scaled is refused', () => {
  expect(() => fitStandardScaler({ data: new Float64Array([1, NaN]), shape: [2, 1] })).toThrow(
    /row 1, column 0 must be finite/,
  );
  expect(() => fitStandardScaler({ data: new Float64Array(0), shape: [0, 1] })).toThrow(RangeError);
  const scaler = fitStandardScaler({ data: new Float64Array([1, 2]), shape: [2, 1] });
  expect(() => scaler.transform({ data: new Float32Array(2), shape: [1, 2] })).toThrow(
    /1 columns of the fit, got 2/,
  );
});

/** A unit in which numbers may have been written in place of the schema's. */
interface Conversion {
  readonly from: string;
  readonly to: string;
  /** The number in the schema's unit. */
  readonly convert: (x: number) => number;
  readonly formula: string;
}

const factor = (from: string, to: string, by: number, formula: string): Conversion => ({
  from,
  to,
  convert: (x) => x * by,
  formula,
});

const conversions: readonly Conversion[] = [
  // Molar mass of glucose, 180.156 g/mol.
  factor('mg/dL', 'mmol/L', 1 / 18.0156, '÷ 18.0156, for glucose'),
  factor('mmol/L', 'mg/dL', 18.0156, '× 18.0156, for glucose'),
  // NGSP (%) and IFCC (mmol/mol) of HbA1c: NGSP = 0.09148 · IFCC + 2.152 (Hoelzel et al. 2004).
  {
    from: '%',
    to: 'mmol/mol',
    convert: (x) => (x - 2.152) / 0.09148,
    formula: '(x − 2.152) ÷ 0.09148, for HbA1c',
  },
  { from: 'mmol/mol', to: '%', convert: (x) => 0.09148 * x + 2.152, formula: '0.09148·x + 2.152, for HbA1c' },
  factor('months', 'years', 1 / 12, '÷ 12'),
  factor('days', 'years', 1 / 365.25, '÷ 365.25'),
  factor('years', 'months', 12, '× 12'),
  { from: '°F', to: '°C', convert: (x) => (x - 32) / 1.8, formula: '(x − 32) ÷ 1.8' },
  { from: '°C', to: '°F', convert: (x) => x * 1.8 + 32, formula: 'x·1.8 + 32' },
  { from: 'K', to: '°C', convert: (x) => x - 273.15, formula: 'x − 273.15' },
  factor('lb', 'kg', 0.45359237, '× 0.45359237'),
  factor('g', 'kg', 0.001, '÷ 1000'),
  factor('kg', 'lb', 1 / 0.45359237, '÷ 0.45359237'),
  factor('in', 'cm', 2.54, '× 2.54'),
  factor('m', 'cm', 100, '× 100'),
  factor('mm', 'cm', 0.1, '÷ 10'),
  factor('cm', 'm', 0.01, '÷ 100'),
  factor('cm', 'in', 1 / 2.54, '÷ 2.54'),
  factor('kPa', 'mmHg', 7.50062, '× 7.50062'),
  factor('mmHg', 'kPa', 1 / 7.50062, '÷ 7.50062'),
  factor('g/dL', 'g/L', 10, '× 10'),
  factor('g/L', 'g/dL', 0.1, '÷ 10'),
];

/**
 * The unit that the numbers would fit: at least half of them lie outside the range of the schema, and 95 % of all lie in it once they are
 * taken for that unit.
 */
export function fittingUnit(
  numbers: Float64Array,
  unit: string | undefined,
  range: { readonly low: number; readonly high: number },
): { readonly unit: string; readonly formula: string } | undefined {
  const inside = (x: number) => x >= range.low && x <= range.high;
  const shareOf = (convert: (x: number) => number) => {
    let [fits, present] = [0, 0];
    for (const x of numbers) {
      if (Number.isNaN(x)) continue;
      present++;
      if (inside(convert(x))) fits++;
    }
    return fits / present;
  };
  if (unit === undefined || shareOf((x) => x) > 0.5) return undefined;
  const fitting = conversions.find(({ to, convert }) => to === unit && shareOf(convert) >= 0.95);
  return fitting && { unit: fitting.from, formula: fitting.formula };
}

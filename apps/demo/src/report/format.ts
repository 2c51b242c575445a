import type { Difference } from '@rectify/experiment';
import type { Count } from '../tutorial/measures.js';

/** 0.6196 → "61.96 %"; a share of nothing is "–". */
export const percent = (share: number | null, digits = 2): string =>
  share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(digits)} %`;

/** { correct: 500, total: 807 } → "500/807 = 61.96 %" */
export const countAndPercent = ({ correct, total }: Count): string =>
  `${correct}/${total} = ${percent(correct / total)}`;

interface MeasureWords {
  readonly title: string;
  readonly unit: string;
  /** What a value is multiplied with to be in that unit. */
  readonly factor: number;
  readonly digits: number;
}

const share = (title: string): MeasureWords => ({ title, unit: '%', factor: 100, digits: 1 });
const plain = (title: string, unit = ''): MeasureWords => ({ title, unit, factor: 1, digits: 4 });

const measures: Record<string, MeasureWords> = {
  accuracy: share('accuracy'),
  balancedAccuracy: share('balanced accuracy'),
  macroF1: share('macro F1'),
  logLoss: plain('log loss', 'nats'),
  calibrationError: share('calibration error'),
  rmse: plain('RMSE'),
  mae: plain('MAE'),
  r2: plain('R²'),
};

/** How a measure is called, and in which unit its values are shown. */
export const measureWords = (name: string): MeasureWords => measures[name] ?? plain(name);

/** As many decimals as digits are worth saying: 0.3473, 15.195, 15195. */
const decimals = (value: number, digits: number): number =>
  Math.max(0, digits - Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1))));

/** Written in full, such a number is all zeros, or too long to read: targets have any unit. */
const needsPower = (value: number): boolean =>
  value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e9);

/** A value of a measure with its unit. */
export function valueText(measure: string, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const { unit, factor, digits } = measureWords(measure);
  if (unit === '%') return `${minus((factor * value).toFixed(digits))} %`;
  const text = needsPower(value) ? value.toExponential(3) : value.toFixed(decimals(value, digits));
  return `${minus(text)}${unit ? ` ${unit}` : ''}`;
}

/** The unit of a difference: points where values are in percent. */
export const differenceUnit = (measure: string): string => {
  const { unit } = measureWords(measure);
  return unit === '%' ? 'percentage points' : unit;
};

/** A difference in the unit it is shown in. */
export const inUnit = (measure: string, value: number): number => measureWords(measure).factor * value;

/** A difference with its interval. */
export function differenceOf({ measure, mean, low, high, level }: Difference): string {
  if (mean === null) return '–, no interval';
  const { digits: most, unit } = measureWords(measure);
  const digits = unit === '%' ? most : decimals(inUnit(measure, mean), most);
  const largest = Math.max(...[mean, low ?? 0, high ?? 0].map(Math.abs));
  const number = (value: number) =>
    unit !== '%' && needsPower(largest)
      ? signed(value, (size) => size.toExponential(2))
      : signed(inUnit(measure, value), (size) => size.toFixed(digits));
  const interval =
    low === null || high === null
      ? 'no interval'
      : `${+(100 * level).toFixed(1)} % interval ${number(low)} to ${number(high)}`;
  return `${number(mean)} ${differenceUnit(measure)}, ${interval}`.replace(' ,', ',');
}

const minus = (text: string) => (/^-[0.]*$/.test(text) ? text.slice(1) : text.replace(/^-/, '−'));

const signed = (value: number, written: (size: number) => string) =>
  `${value < 0 ? '−' : '+'}${written(Math.abs(value))}`;

/** The four verdicts in words. */
export const verdictWords: Record<Difference['verdict'], string> = {
  better: 'better',
  worse: 'worse',
  equivalent: 'no practically relevant difference',
  'not-shown': 'not shown',
};

/** How many rows the tutorial's network answers with each type: it has one output, 0 or 1, and none for Type2. */
export const answersText = ({ Normal, Type1 }: { readonly Normal: number; readonly Type1: number }): string =>
  `Normal ${Normal}, Type1 ${Type1}, Type2 0`;

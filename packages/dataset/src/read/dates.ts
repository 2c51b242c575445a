const isoDate = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const commonDate = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;
const yearFirst = /^\d{4}([./])\d{1,2}\1\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;
const time = /^\d{1,2}(?::\d{2}(?::\d{2})?|\.\d{2}\.\d{2})$/;

/** A text that writes a date or a time of day. */
export const isDateText = (text: string): boolean =>
  text.length <= 40 &&
  (isoDate.test(text) || commonDate.test(text) || yearFirst.test(text) || time.test(text));

/** 20240131 and the like: a day from 1900 to 2100. */
export function isDayNumber(value: number): boolean {
  const year = Math.floor(value / 10_000);
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  return (
    Number.isInteger(value) &&
    year >= 1900 &&
    year <= 2100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31
  );
}

/** What the numbers of a column may be, when they may be days or moments: seconds or milliseconds since 1970, from 1990 to 2050. */
export function momentsOf(column: {
  readonly whole: boolean;
  readonly days: boolean;
  readonly numbers: number;
  readonly low: number;
  readonly high: number;
}): string | undefined {
  const { whole, days, numbers, low, high } = column;
  if (!whole || numbers < 2) return undefined;
  if (days) return `days (${low} to ${high})`;
  const [from, to] = [Date.UTC(1990, 0) / 1000, Date.UTC(2050, 0) / 1000];
  const unit = low >= from && high <= to ? 1000 : low >= from * 1000 && high <= to * 1000 ? 1 : undefined;
  if (unit === undefined) return undefined;
  const day = (value: number) => new Date(value * unit).toISOString().slice(0, 10);
  return `${unit === 1 ? 'milli' : ''}seconds since 1970 (${day(low)} to ${day(high)})`;
}

/** How whole numbers write points in time. */
export type DateForm = 'seconds since 1970' | 'milliseconds since 1970' | 'yyyymmdd';

const [from, to] = [Date.UTC(1980, 0), Date.UTC(2050, 0)];

/** The form in which all of these numbers are dates from 1980 to 2050, if there is one; yyyymmdd from 1900. */
export function dateForm(numbers: Float64Array): DateForm | undefined {
  const forms: [DateForm, (x: number) => boolean][] = [
    ['seconds since 1970', (x) => x * 1000 >= from && x * 1000 < to],
    ['milliseconds since 1970', (x) => x >= from && x < to],
    ['yyyymmdd', isCalendarDate],
  ];
  return forms.find(([, fits]) => {
    let some = false;
    for (const x of numbers) {
      if (Number.isNaN(x)) continue;
      if (!Number.isInteger(x) || !fits(x)) return false;
      some = true;
    }
    return some;
  })?.[0];
}

function isCalendarDate(x: number): boolean {
  const [year, month, day] = [Math.floor(x / 10_000), Math.floor(x / 100) % 100, x % 100];
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The date as text, such as 2023-11-14. */
export function dateText(x: number, form: DateForm): string {
  if (form === 'yyyymmdd') return String(x).replace(/^(....)(..)(..)$/, '$1-$2-$3');
  return new Date(form === 'seconds since 1970' ? x * 1000 : x).toISOString().slice(0, 10);
}

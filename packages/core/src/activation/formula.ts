/** A number as LaTeX. */
export const tex = (value: number): string => String(value).replace(/e\+?(.+)/, ' \\cdot 10^{$1}');

/** A coefficient before a factor: 1 is not written. */
export const times = (coefficient: number, factor: string): string =>
  `${tex(coefficient)}\\,${factor}`.replace(/^(-?)1\\,/, '$1');

/** Cases of a piecewise formula, each `value & condition`. */
export const cases = (...rows: readonly string[]): string =>
  `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;

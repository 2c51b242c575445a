/** A number as LaTeX. */
export const tex = (value: number): string => {
  const [mantissa, exponent] = String(value).split('e');
  return exponent === undefined ? `${mantissa}` : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
};

/** A coefficient before a factor: 1 is not written. */
export const times = (coefficient: number, factor: string): string =>
  coefficient === 1 ? factor : coefficient === -1 ? `-${factor}` : `${tex(coefficient)}\\,${factor}`;

/** Cases of a piecewise formula, each a value and where it holds. */
export const cases = (...rows: readonly (readonly [value: string, condition: string])[]): string =>
  `\\begin{cases} ${rows.map(([value, condition]) => `${value} & ${condition}`).join(' \\\\ ')} \\end{cases}`;

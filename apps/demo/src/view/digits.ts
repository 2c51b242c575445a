/** A number with at most so many significant digits and true minus signs, as `−1.5` or `1e−7`. */
export const inDigits = (value: number, digits = 4): string =>
  String(+value.toPrecision(digits)).replaceAll('-', '−');

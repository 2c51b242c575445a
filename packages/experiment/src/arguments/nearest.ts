import { nearest } from '@rectify/core/js';

/** `; did you mean "…"?` for the known name that was probably meant, else nothing. */
export function meant(given: string, known: readonly string[]): string {
  const [near] = nearest(given, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** Of every page that is written: nothing is fetched and no script runs, whatever a cell or a file name holds. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

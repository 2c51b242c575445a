/** What numbers an option takes, on the command line, in a file and in the page. */
export const limits = {
  seeds: [2, 10_000],
  seed: [0, 4_294_957_295],
  epochs: [1, 100_000],
  batch: [1, 1_000_000],
} as const;

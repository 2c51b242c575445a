/** How far numbers may be apart, and why. */
export const tolerances = {
  /** float64 against float64: sums in another order, and PyTorch’s CELU takes exp − 1 where core takes expm1. */
  reference: 1e-8,
  /** float32 after 24 steps at a rate of 0.05: some hundred roundings of 6e-8. */
  fixtures: 3e-5,
  /**
   * One step from tfjs's own state, relative to the largest weight. tfjs takes 1 − 0.999ᵗ from float32, and so its early steps are 6e-6
   * of a step longer than Adam's; ours are Adam's.
   */
  oneStep: 1e-6,
  /** float32 against float64 after 500 steps, for 95 of 100 networks: a rounding may cross a kink. */
  steps500: 1e-5,
  /** Median test score of 9 seeds against that of 9 or 3 others: about two of 80 to 202 test rows. */
  score: 0.025,
  /** f and f′ in float32 against core's float64, relative where f is larger than 1: what kernels/slopes.ts promises. */
  activation: 4e-7,
  /** Standard deviation of 150,000 random numbers, relative. */
  deviation: 0.01,
} as const;

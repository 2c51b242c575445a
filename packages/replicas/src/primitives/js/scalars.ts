/** What the losses call: exp(x) for x ≤ 0, log x for x ≥ 1, 1/(1 + exp(−x)), log(1 + exp x), in float32. */
export type Scalars = Readonly<Record<'exp' | 'log' | 'logistic' | 'softplus', (x: number) => number>>;

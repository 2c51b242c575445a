// Fits for float32, from packages/core/scripts/coefficients.py. Coefficients of x⁰, x¹, … in the named variable.

/** (exp r − 1 − r)/r² in r, for |r| ≤ ln 2/2. Relative error of the fit: 1.3e-7. */
export const EXP_REST: readonly number[] = [
  0.5, 0.16666576666119928, 0.04166655421298415, 0.008363232883682618, 0.0013926250831497611,
];

/** (2^f − 1)/f in f, for |f| ≤ 1/2. Relative error of the fit: 1.2e-8. */
export const EXP2_REST: readonly number[] = [
  0.6931471880262288, 0.24022650760568126, 0.05550357114219078, 0.009618082557277852, 0.0013390863364671234,
  0.0001545316294512069,
];

/** (atanh s/s − 1)/s² in s², for |s| ≤ 1/3. Relative error of the fit: 1.0e-8. */
export const ATANH_REST: readonly number[] = [
  0.3333333366026371, 0.1999985316596486, 0.14296178997151418, 0.10853287900440187, 0.11612164612011674,
];

/** (x − tanh x)/x³ in x², for |x| ≤ 1. Relative error of the fit: 5.3e-9. */
export const TANH_SHRINK: readonly number[] = [
  0.3333333315672231, -0.133333106555451, 0.05396341475443884, -0.02182954884305937, 0.008697847592814879,
  -0.003206803386846565, 0.0009235008463481761, -0.00014279318799621565,
];

/** (x + k)·Φ(−x)·exp(x²/2)/k in k/(x + k) − 1/2, k = 1.5, for 0 ≤ x ≤ 15. Relative error of the fit: 2.0e-8. */
export const NORMAL_TAIL: readonly number[] = [
  0.4115613332513204, 0.260132639637536, -0.15332117823553143, -0.09544882552207974, 0.1881578406169536,
  -0.08504787694885695, -0.10371599729870853, 0.23076110047943355, -0.17893964414954489, -0.08191789537997148,
  0.320852621974956, -0.2150200766474542,
];

/** (exp(x) − 1 − x)/x² in x, for −1 ≤ x ≤ 0. Relative error of the fit: 5.8e-10. */
export const EXPM1_MINUS_X: readonly number[] = [
  0.49999999976145215, 0.166666643264367, 0.04166629020953762, 0.00833105026110533, 0.0013822415702309406,
  0.00018832475546631217, 1.692812721267069e-5,
];

/** (sin x − x)/x³ in x², for |x| ≤ 1.85. Relative error of the fit: 9.8e-10. */
export const SIN_REST: readonly number[] = [
  -0.16666666652525883, 0.008333331266797696, -0.00019840785959909752, 2.751758093518221e-6,
  -2.3713837370668607e-8,
];

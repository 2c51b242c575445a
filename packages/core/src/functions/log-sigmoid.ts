import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { log1pExp, logistic } from '../activation/math.js';

/**
 * Logarithm of the logistic sigmoid.
 *
 *     f(x) = log σ(x) = min(x, 0) − log1p(exp(−|x|)),  f′(x) = σ(−x)
 *
 * Source: PyTorch `LogSigmoid`, Keras `log_sigmoid`.
 */
export function logSigmoid(params?: Record<string, never>): Definition {
  return {
    name: 'log_sigmoid',
    params: withDefaults('log_sigmoid', params, {}),
    formula: '-\\ln(1 + e^{-x})',
    range: [Number.NEGATIVE_INFINITY, 0],
    bind: () => ({ f: (x) => -log1pExp(-x), derivative: (x) => logistic(-x) }),
  };
}

// The randomised leaky ReLU of a training step, its arrays on WASM.

import { createRreluTraining, type RreluParams, type RreluTraining } from '../functions/rrelu.js';
import { jsRrelu } from '../functions/rrelu-slopes.js';
import { type How, kernelsOnWasm, SHORT } from './accelerate.js';
import { rreluTrainingCode } from './modules.js';

/** `rreluTraining` with its arrays on WASM: `required` throws where there is none, `preferred` falls back to JS. */
export const rreluTrainingOnWasm =
  (how: How) =>
  (seed: number, params?: Partial<RreluParams>): RreluTraining =>
    createRreluTraining(seed, params, (slopes) => {
      const { lower, width, start } = slopes;
      const program = { code: rreluTrainingCode, args: [lower, width, start] };
      const js = jsRrelu(slopes);
      return kernelsOnWasm(program, how, () => js, SHORT);
    });

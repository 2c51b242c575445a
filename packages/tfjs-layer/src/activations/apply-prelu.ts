import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { hasOperations } from '../operations/operation.js';
import { prelu } from '../operations/prelu.js';

/** x for x ≥ 0, else slopes · x, for a float32 x and slopes that broadcast to its shape; the derivative at 0 is the slope. */
export const applyPrelu = (x: Tensor, slopes: Tensor): Tensor =>
  hasOperations() ? prelu(x, slopes) : tfc.prelu(x, slopes);

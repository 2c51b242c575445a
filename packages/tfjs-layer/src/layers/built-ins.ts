import type { serialization } from '@tensorflow/tfjs-core';
import { Dense } from './dense.js';
import { ELU } from './elu.js';
import { LeakyReLU } from './leaky-relu.js';
import { PReLU } from './prelu.js';
import { ReLU } from './relu.js';
import { Softmax } from './softmax.js';

type SavedClass = serialization.SerializableConstructor<serialization.Serializable>;

/** Ours under the names and with the words of tfjs's own, so that tfjs alone reads what they save. */
export const BUILT_INS: readonly SavedClass[] = [
  Dense,
  class extends LeakyReLU {
    static override readonly className: string = 'LeakyReLU';

    override getConfig(): serialization.ConfigDict {
      const { negativeSlope, ...rest } = super.getConfig();
      return { ...rest, alpha: negativeSlope as number };
    }
  },
  class extends ReLU {
    static override readonly className: string = 'ReLU';
  },
  class extends PReLU {
    static override readonly className: string = 'PReLU';
  },
  class extends ELU {
    static override readonly className: string = 'ELU';
  },
  class extends Softmax {
    static override readonly className: string = 'Softmax';
  },
] as unknown as SavedClass[];

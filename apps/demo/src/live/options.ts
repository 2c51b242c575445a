// What a live network is asked to be.
import { type Arm, type PrepareName, parseArm, type SplitName } from '@rectify/experiment';

export type OptimizerName = 'adam' | 'sgd';
export const optimizerNames: readonly OptimizerName[] = ['adam', 'sgd'];

export interface LiveOptions {
  /** An arm without choices, see `parseArm`. */
  readonly activation: string;
  /** Units of each hidden layer, two layers at most; none makes it linear. */
  readonly hidden: readonly number[];
  /** Default what the table asks for. */
  readonly split?: SplitName | undefined;
  readonly seed: number;
  readonly prepare: PrepareName;
  readonly optimizer: OptimizerName;
  /** Learning rate. */
  readonly rate: number;
}

/** The one setting of an arm. @throws RangeError where it leaves a choice */
export function oneArm(text: string): Arm {
  const arm = parseArm(text);
  if (arm.choices.length > 0)
    throw new RangeError(`activation must be one, got ${arm.choices.length} to choose from (${arm.name})`);
  return arm;
}

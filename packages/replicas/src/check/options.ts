// From what a caller says to a problem: every check is made before any work.
import type { Replica, TrainOptions } from '../api/options.js';
import type { PlannedOutput, PlannedReplica, Problem } from '../plan/problem.js';
import {
  checkBoolean,
  checkInteger,
  checkList,
  checkName,
  checkNumber,
  checkObject,
  show,
} from './arguments.js';
import { armKeys, type CheckedArm, checkArm } from './arms.js';
import { checkEpoch, resume } from './state.js';
import { checkLabels, checkMatrix, checkRowWeights, checkTargets, RowLists } from './table.js';
import { checkWeights } from './weights.js';

const keys = [
  'features',
  'labels',
  'targets',
  'rowWeights',
  'output',
  'arms',
  'seeds',
  'replicas',
  'rows',
  'testRows',
  'validationRows',
  'epochs',
  'batchSize',
  'shuffle',
  'earlyStopping',
  'outputs',
  'state',
  'runner',
  ...armKeys,
] as const satisfies readonly (keyof TrainOptions)[];

const MOST_SEEDS = 2 ** 32;

/** The problem that the options state. Throws TypeError or RangeError, naming the option, for what cannot be trained. */
export function checkOptions(options: TrainOptions): Problem {
  checkObject('options', options, keys);
  const { epochs = 100, batchSize = 32, shuffle = true, runner = 'auto', state } = options;
  const startEpoch = state === undefined ? 0 : checkEpoch(state);
  checkInteger('epochs', epochs, 1, 1e9);
  checkInteger('batchSize', batchSize, 1, 2 ** 24);
  checkBoolean('shuffle', shuffle);
  checkName('runner', runner, ['auto', 'wasm', 'js']);
  const output = checkOutput(options.output);
  const features = checkMatrix('features', options.features);
  const { rows, columns } = features;
  const arms = checkArms(options, columns, output.units, startEpoch + epochs);
  const replicas = checkReplicas(options, rows, arms, batchSize);
  const problem: Problem = {
    table: {
      rows,
      columns,
      features: features.data,
      targets: targetsOf(options, output, rows),
      ...(options.rowWeights !== undefined && { rowWeights: checkRowWeights(options.rowWeights, rows) }),
    },
    output,
    arms: arms.map(({ arm }) => arm),
    replicas,
    epochs,
    batchSize,
    shuffle,
    ...checkStopping(options.earlyStopping, replicas),
    outputs: checkOutputs(options.outputs),
    startEpoch,
    runner,
  };
  return state === undefined ? problem : { ...problem, replicas: resume(state, problem) };
}

function checkOutput(value: unknown): PlannedOutput {
  checkObject('output', value, ['activation', 'loss', 'units', 'delta']);
  const { activation, loss, delta = 1 } = value;
  checkName('output.activation', activation, ['softmax', 'sigmoid', 'linear']);
  const fitting = {
    softmax: ['cross_entropy'],
    sigmoid: ['binary_cross_entropy'],
    linear: ['squared_error', 'absolute_error', 'huber'],
  } as const;
  checkName(`output.loss of ${activation}`, loss, fitting[activation]);
  if (value.delta !== undefined && loss !== 'huber')
    throw new TypeError(`output.delta belongs to the huber loss, got ${show(value.delta)} with ${loss}`);
  checkNumber('output.delta', delta, 'positive');
  const { units = activation === 'softmax' ? undefined : 1 } = value;
  checkInteger('output.units', units, activation === 'softmax' ? 2 : 1);
  return { activation, loss, units, delta };
}

function targetsOf(options: TrainOptions, { activation, units }: PlannedOutput, rows: number) {
  if (activation === 'softmax') {
    if (options.targets !== undefined)
      throw new TypeError('a softmax output is trained on labels, got targets');
    return checkLabels(options.labels, rows, units);
  }
  if (options.labels !== undefined)
    throw new TypeError(`a ${activation} output is trained on targets, got labels`);
  return checkTargets(options.targets, rows, units, activation === 'sigmoid');
}

function checkArms(options: TrainOptions, inputs: number, outputs: number, epochs: number): CheckedArm[] {
  const shared = Object.fromEntries(armKeys.map((key) => [key, options[key]]));
  const { arms = [{ name: 'network' }] } = options;
  checkList('arms', arms);
  if (arms.length === 0) throw new RangeError('arms must have at least one arm, got none');
  return Array.from(arms, (arm, i) => checkArm(`arms[${i}]`, arm, shared, inputs, outputs, epochs));
}

/** The replicas one by one: as given, or each arm for each seed. */
function listed({ seeds, replicas }: TrainOptions, arms: number): readonly Replica[] {
  if ((seeds === undefined) === (replicas === undefined))
    throw new TypeError('either seeds or replicas must be given, and not both');
  if (replicas !== undefined) {
    checkList('replicas', replicas);
    if (replicas.length === 0) throw new RangeError('replicas must have at least one replica, got none');
    return replicas;
  }
  if (typeof seeds === 'number') checkInteger('seeds', seeds, 1, MOST_SEEDS);
  else checkList('seeds', seeds);
  const own =
    typeof seeds === 'number' ? Array.from({ length: seeds }, (_, seed) => seed) : [...(seeds ?? [])];
  if (own.length === 0) throw new RangeError('seeds must have at least one seed, got none');
  own.forEach((seed, i) => {
    checkInteger(`seeds[${i}]`, seed, 0, MOST_SEEDS - 1);
  });
  return Array.from({ length: arms }, (_, arm) => own.map((seed) => ({ arm, seed }))).flat();
}

const replicaKeys = [
  'seed',
  'orderSeed',
  'arm',
  'rows',
  'testRows',
  'validationRows',
  'learningRate',
  'weightDecay',
  'weights',
] as const satisfies readonly (keyof Replica)[];

function checkReplicas(
  options: TrainOptions,
  rowCount: number,
  arms: readonly CheckedArm[],
  batchSize: number,
): PlannedReplica[] {
  const lists = new RowLists(rowCount);
  const rest = restOf(rowCount);
  const none = new Uint32Array(0);
  const predictions = options.outputs?.predictions;
  const predicted =
    predictions === undefined || predictions === 'test'
      ? none
      : lists.check('outputs.predictions', predictions);
  return Array.from(listed(options, arms.length), (replica, index): PlannedReplica => {
    const argument = `replicas[${index}]`;
    checkObject(argument, replica, replicaKeys);
    const { seed, orderSeed = seed, arm = 0 } = replica;
    checkInteger(`${argument}.seed`, seed, 0, MOST_SEEDS - 1);
    checkInteger(`${argument}.orderSeed`, orderSeed, 0, MOST_SEEDS - 1);
    checkInteger(`${argument}.arm`, arm, 0, arms.length - 1);
    const rowsOf = (key: 'rows' | 'testRows' | 'validationRows'): Uint32Array | undefined => {
      const own = replica[key];
      const value = own ?? options[key];
      return value === undefined
        ? undefined
        : lists.check(own === undefined ? key : `${argument}.${key}`, value);
    };
    const testRows = rowsOf('testRows') ?? none;
    const validationRows = rowsOf('validationRows') ?? none;
    const rows = rowsOf('rows') ?? rest(testRows, validationRows);
    if (rows.length === 0)
      throw new RangeError(`${argument}.rows must have at least one training row, got none`);
    if (batchSize > rows.length)
      throw new RangeError(
        `batchSize must not be larger than the training rows, got ${batchSize} for the ${rows.length} rows of replica ${index}`,
      );
    const { learningRate = arms[arm].learningRate, weightDecay = arms[arm].weightDecay, weights } = replica;
    checkNumber(`${argument}.learningRate`, learningRate, 'positive');
    checkNumber(`${argument}.weightDecay`, weightDecay, 'not negative');
    return {
      index,
      arm,
      seed,
      orderSeed,
      rows,
      testRows,
      validationRows,
      predictedRows: predictions === 'test' ? testRows : predicted,
      learningRate,
      weightDecay,
      ...(weights !== undefined && {
        weights: checkWeights(`${argument}.weights`, weights, arms[arm].arm.sizes),
      }),
    };
  });
}

/** All rows but those of two lists; the same array for the same lists. */
function restOf(rows: number): (test: Uint32Array, validation: Uint32Array) => Uint32Array {
  const known = new Map<Uint32Array, Map<Uint32Array, Uint32Array>>();
  return (test, validation) => {
    const ofTest = known.get(test) ?? new Map<Uint32Array, Uint32Array>();
    known.set(test, ofTest);
    const found = ofTest.get(validation);
    if (found) return found;
    const taken = new Uint8Array(rows);
    for (const list of [test, validation]) for (const row of list) taken[row] = 1;
    const left = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => taken[row] === 0);
    ofTest.set(validation, left);
    return left;
  };
}

function checkStopping(value: unknown, replicas: readonly PlannedReplica[]): Pick<Problem, 'earlyStopping'> {
  if (value === undefined) return {};
  checkObject('earlyStopping', value, ['patience', 'minDelta']);
  const { patience, minDelta = 0 } = value;
  checkInteger('earlyStopping.patience', patience, 1);
  checkNumber('earlyStopping.minDelta', minDelta, 'not negative');
  const without = replicas.find(({ validationRows }) => validationRows.length === 0);
  if (without) throw new RangeError(`earlyStopping needs validationRows: replica ${without.index} has none`);
  return { earlyStopping: { patience, minDelta } };
}

function checkOutputs(value: unknown): Problem['outputs'] {
  const given = value ?? {};
  checkObject('outputs', given, ['history', 'predictions', 'gradientNorm', 'units', 'state']);
  const flag = (key: string): boolean => {
    const own = given[key] ?? false;
    checkBoolean(`outputs.${key}`, own);
    return own;
  };
  return {
    history: flag('history'),
    predictions: given.predictions !== undefined,
    gradientNorm: flag('gradientNorm'),
    units: flag('units'),
    state: flag('state'),
  };
}

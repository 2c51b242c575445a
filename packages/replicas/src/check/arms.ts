// The arms: layers, initialiser, optimiser, schedule.
import type { Arm, ArmSettings, InitializerName } from '../api/options.js';
import type { PlannedArm, PlannedLayer, PlannedOptimizer, PlannedSchedule } from '../plan/problem.js';
import { programOf } from '../plan/programs.js';
import {
  checkBoolean,
  checkInteger,
  checkList,
  checkName,
  checkNumber,
  checkObject,
  show,
} from './arguments.js';

/** The options that an arm may have of its own. */
export const armKeys = [
  'hidden',
  'initializer',
  'optimizer',
  'learningRate',
  'weightDecay',
  'schedule',
] as const satisfies readonly (keyof ArmSettings)[];

const initializers: readonly InitializerName[] = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
];

export interface CheckedArm {
  arm: PlannedArm;
  learningRate: number;
  weightDecay: number;
}

/** One arm, with what the options say where it says nothing. `epochs` is the last epoch of the call. */
export function checkArm(
  argument: string,
  own: Arm,
  shared: Partial<ArmSettings>,
  inputs: number,
  outputs: number,
  epochs: number,
): CheckedArm {
  checkObject(argument, own, ['name', ...armKeys]);
  const settings: Partial<ArmSettings> = { ...shared, ...defined(own) };
  const at = (key: string): string => (Object.hasOwn(own, key) ? `${argument}.${key}` : key);
  const { name = argument, hidden } = { ...own, hidden: settings.hidden };
  if (typeof name !== 'string') throw new TypeError(`${argument}.name must be a string, got ${show(name)}`);
  if (hidden === undefined)
    throw new TypeError(`${at('hidden')} must be a list of layers, [] for a linear model, got undefined`);
  const layers = checkLayers(at('hidden'), hidden);
  const initializer = checkInitializer(at('initializer'), settings.initializer ?? 'glorot_uniform');
  const optimizer = checkOptimizer(at('optimizer'), settings.optimizer ?? 'adam');
  const { learningRate = optimizer.name === 'adam' ? 0.001 : 0.01, weightDecay = 0 } = settings;
  checkNumber(at('learningRate'), learningRate, 'positive');
  checkNumber(at('weightDecay'), weightDecay, 'not negative');
  return {
    arm: {
      name,
      hidden: layers.map(({ units, program }) => ({ units, program })),
      sizes: [inputs, ...layers.map(({ units }) => units), outputs],
      initializer: initializer.name,
      gains: gainsOf(at('initializer'), initializer.gain, layers),
      optimizer,
      schedule: checkSchedule(at('schedule'), settings.schedule ?? 'constant', epochs),
    },
    learningRate,
    weightDecay,
  };
}

/** Without what is undefined. */
const defined = (arm: Arm): Arm =>
  Object.fromEntries(Object.entries(arm).filter(([, value]) => value !== undefined));

type CheckedLayer = PlannedLayer & { gain: number | null | undefined };

function checkLayers(argument: string, value: unknown): CheckedLayer[] {
  checkList(argument, value);
  return Array.from(value, (layer, i) => {
    checkObject(`${argument}[${i}]`, layer, ['units', 'activation']);
    const { units, activation } = layer;
    checkInteger(`${argument}[${i}].units`, units, 1);
    const program = programOf(`${argument}[${i}].activation`, activation);
    return { units, program, gain: (activation as { gain?: number | null }).gain };
  });
}

function checkInitializer(argument: string, value: unknown): { name: InitializerName; gain: unknown } {
  const given = typeof value === 'string' ? { name: value } : value;
  checkObject(argument, given, ['name', 'gain']);
  const { name, gain = 1 } = given;
  checkName(typeof value === 'string' ? argument : `${argument}.name`, name, initializers);
  if (gain !== 'activation') checkNumber(`${argument}.gain`, gain, 'positive');
  return { name, gain };
}

/** The gain of each layer, the output layer's being 1 where each has its activation's. */
function gainsOf(argument: string, gain: unknown, layers: readonly CheckedLayer[]): number[] {
  if (gain !== 'activation') return [...layers, undefined].map(() => gain as number);
  const own = layers.map((layer) => {
    if (typeof layer.gain !== 'number')
      throw new RangeError(
        `${argument}.gain must be a number for ${layer.program.kernel}: it has no gain of its own, or was given as JSON`,
      );
    return layer.gain;
  });
  return [...own, 1];
}

function checkOptimizer(argument: string, value: unknown): PlannedOptimizer {
  const given = typeof value === 'string' ? { name: value } : value;
  checkObject(argument, given, ['name', 'momentum', 'nesterov', 'beta1', 'beta2', 'epsilon']);
  const { name } = given;
  checkName(typeof value === 'string' ? argument : `${argument}.name`, name, [
    'sgd',
    'momentum',
    'adam',
    'adamw',
  ]);
  if (name === 'sgd') {
    checkObject(argument, given, ['name']);
    return { name: 'momentum', momentum: 0, nesterov: false };
  }
  if (name === 'momentum') {
    checkObject(argument, given, ['name', 'momentum', 'nesterov']);
    const { momentum = 0.9, nesterov = false } = given;
    checkFraction(`${argument}.momentum`, momentum);
    checkBoolean(`${argument}.nesterov`, nesterov);
    return { name, momentum, nesterov };
  }
  checkObject(argument, given, ['name', 'beta1', 'beta2', 'epsilon']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = given;
  checkFraction(`${argument}.beta1`, beta1);
  checkFraction(`${argument}.beta2`, beta2);
  checkNumber(`${argument}.epsilon`, epsilon, 'positive');
  return { name: 'adam', beta1, beta2, epsilon, decoupled: name === 'adamw' };
}

function checkFraction(argument: string, value: unknown): asserts value is number {
  checkNumber(argument, value, 'not negative');
  if (value >= 1) throw new RangeError(`${argument} must be from 0 to below 1, got ${value}`);
}

function checkSchedule(argument: string, value: unknown, epochs: number): PlannedSchedule {
  const given = typeof value === 'string' ? { name: value } : value;
  checkObject(argument, given, ['name', 'epochs', 'to', 'every', 'factor']);
  const { name } = given;
  checkName(typeof value === 'string' ? argument : `${argument}.name`, name, ['constant', 'cosine', 'step']);
  if (name === 'constant') {
    checkObject(argument, given, ['name']);
    return { name };
  }
  if (name === 'cosine') {
    checkObject(argument, given, ['name', 'epochs', 'to']);
    const { epochs: own = epochs, to = 0 } = given;
    checkInteger(`${argument}.epochs`, own, 1);
    checkNumber(`${argument}.to`, to, 'not negative');
    return { name, epochs: own, to };
  }
  checkObject(argument, given, ['name', 'every', 'factor']);
  const { every, factor = 0.1 } = given;
  checkInteger(`${argument}.every`, every, 1);
  checkNumber(`${argument}.factor`, factor, 'positive');
  return { name, every, factor };
}

// What early stopping spares, and what more would be spared if lanes that are free were filled again.
import type { TrainOptions } from '../src/index.js';
import { LANES } from '../src/primitives/primitives.js';
import { classes, trainingRows, work } from './work.js';

export const MOST_EPOCHS = 200;

/** Every seventh label is wrong, so that networks learn by heart, and stop. A fifth of the training rows are for validation. */
export const stoppingWork = (seeds: number, units: number): TrainOptions =>
  ({
    ...work(seeds, units),
    labels: classes.map((label, row) => (row % 7 === 0 ? (label + 1) % 3 : label)),
    rows: trainingRows.filter((_, i) => i % 5 !== 0),
    validationRows: trainingRows.filter((_, i) => i % 5 === 0),
    learningRate: 0.01,
    epochs: MOST_EPOCHS,
    earlyStopping: { patience: 10 },
  }) as TrainOptions;

export interface TileEpochs {
  /** As it is: a tile works until the last of its lanes has stopped. */
  now: number;
  /** If no lane ever worked for nothing: each tile would have to gather rows for itself. */
  least: number;
  /** If a lane went on to the next seed once all arms have stopped in it: rows are still gathered once for all arms. */
  refilled: number;
}

/** Epochs that tiles work, from that of each replica's last epoch; replicas lie arm by arm. */
export function tileEpochs(stoppedAt: Int32Array, arms: number): TileEpochs {
  const seeds = stoppedAt.length / arms;
  const epochsOf = (arm: number, seed: number): number => {
    const own = stoppedAt[arm * seeds + seed];
    return own < 0 ? MOST_EPOCHS : own;
  };
  const all = Array.from({ length: arms }, (_, arm) =>
    Array.from({ length: seeds }, (_one, seed) => epochsOf(arm, seed)),
  );
  let now = 0;
  for (const own of all)
    for (let seed = 0; seed < seeds; seed += LANES) now += Math.max(...own.slice(seed, seed + LANES));
  const least = all.flat().reduce((sum, epochs) => sum + epochs, 0) / LANES;

  const free: number[] = Array(LANES).fill(0);
  const begins = Array.from({ length: seeds }, (_, seed) => {
    const begin = Math.min(...free);
    free[free.indexOf(begin)] = begin + Math.max(...all.map((own) => own[seed]));
    return begin;
  });
  let refilled = 0;
  for (const own of all)
    for (let epoch = 0; epoch < Math.max(...free); epoch++)
      if (own.some((epochs, seed) => epoch >= begins[seed] && epoch < begins[seed] + epochs)) refilled++;
  return { now, least, refilled };
}

// `pnpm bench:create`: what making an activation costs, in microseconds of CPU time: the best of some rounds of each, in turn.
import * as core from '../src/index.js';
import * as js from '../src/js.js';

const CALLS = 2000;
const ROUNDS = 15;

let slope = 0.05;
const makers: Record<string, () => unknown> = {
  'leakyRelu(), default entry': () => core.leakyRelu(),
  'leakyRelu({ negativeSlope }), default entry': () => {
    slope += 1e-6;
    return core.leakyRelu({ negativeSlope: slope });
  },
  'the same again': () => core.leakyRelu({ negativeSlope: 0.05 }),
  'leakyRelu(), /js': () => js.leakyRelu(),
  "activation('leaky_relu'), default entry": () => core.activation('leaky_relu'),
  'Object.freeze of such an object alone': () =>
    Object.freeze(
      Object.assign((x: number) => x, { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10 }),
    ),
};

const best = new Map(Object.keys(makers).map((name) => [name, Number.POSITIVE_INFINITY]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, make] of Object.entries(makers)) {
    const start = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) make();
    const { user, system } = process.cpuUsage(start);
    best.set(name, Math.min(best.get(name) ?? 0, (user + system) / CALLS));
  }
for (const [name, microseconds] of best) console.log(`${microseconds.toFixed(2).padStart(6)} µs  ${name}`);

// @rectify/core: WASM on a pool's arrays, WASM on ordinary arrays, and JS; and the loop that one would write oneself.
import * as core from '../src/index.js';
import * as js from '../src/js.js';
import { createPool } from '../src/wasm.js';
import { data, FUNCTIONS, report, reportCopy, SIZES, time } from './_measure.js';

const plain: Partial<Record<string, (v: number) => number>> = {
  leaky_relu: (v) => (v < 0 ? 0.01 * v : v),
  relu: (v) => Math.max(v, 0),
  sigmoid: (v) => 1 / (1 + Math.exp(-v)),
  tanh: Math.tanh,
  elu: (v) => (v < 0 ? Math.expm1(v) : v),
};

for (const n of SIZES) {
  reportCopy('rectify', n);
  const x = data(n);
  const dy = data(n, 2);
  const y = new Float32Array(n);
  const pool = createPool(12 * n + 64);
  const [px, pdy, py] = [1, 2, 3].map(() => pool.allocate('float32', n)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  px.set(x);
  pdy.set(dy);
  for (const name of FUNCTIONS) {
    const f = core.activation(name);
    const onJs = js.activation(name);
    const add = (contender: string, pass: 'forward' | 'backward', call: () => void) =>
      report({ contender, name, pass, n, ...time(n, call) });
    add('rectify, pool', 'forward', () => f.forward(px, py));
    add('rectify', 'forward', () => f.forward(x, y));
    add('rectify, pool', 'backward', () => f.backward(px, pdy, py));
    add('rectify', 'backward', () => f.backward(x, dy, y));
    add('rectify/js', 'forward', () => onJs.forward(x, y));
    const loop = plain[name];
    if (loop)
      add('plain loop', 'forward', () => {
        for (let i = 0; i < n; i++) y[i] = loop(x[i]);
      });
  }
}

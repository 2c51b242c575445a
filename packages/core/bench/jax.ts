// jax-js on its WASM backend, each function compiled by jit.
import { data, type Name, report, reportCopy, SIZES, timeAsync } from './_measure.js';
import { type JaxArray, loadJax } from './_peers.js';

const { blockUntilReady, defaultDevice, init, jit, nn, numpy: np } = await loadJax();

await init('wasm');
defaultDevice('wasm');

const functions: Partial<Record<Name, (x: JaxArray) => JaxArray>> = {
  leaky_relu: (x) => nn.leakyRelu(x, 0.01),
  relu: (x) => nn.relu(x),
  relu6: (x) => nn.relu6(x),
  elu: (x) => nn.elu(x),
  celu: (x) => nn.celu(x),
  gelu: (x) => nn.gelu(x, { approximate: false }),
  silu: (x) => nn.silu(x),
  mish: (x) => nn.mish(x),
  softplus: (x) => nn.softplus(x),
  sigmoid: (x) => nn.sigmoid(x),
  tanh: (x) => np.tanh(x),
};

const contender = 'jax-js';
for (const n of SIZES) {
  reportCopy(contender, n);
  const x = np.array(data(n));
  for (const [name, f] of Object.entries(functions) as [Name, (x: JaxArray) => JaxArray][]) {
    const compiled = jit(f);
    try {
      const times = await timeAsync(n, async () => {
        const y = compiled(x.ref);
        await blockUntilReady(y);
        y.dispose();
      });
      report({ contender, name, pass: 'forward', n, ...times });
    } catch (error) {
      console.error(`${contender} cannot do ${name}: ${String(error)}`);
    }
  }
  x.dispose();
}

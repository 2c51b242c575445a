// node main.mjs [arm,arm,…] [seeds]: after `npx pnpm build` in the project's root.
import '@tensorflow/tfjs-backend-cpu';
import { barImages } from './images.mjs';
import { ownModel } from './own-model.mjs';

const [arms = 'relu,leaky_relu:0.1,tanh', seeds = '10'] = process.argv.slice(2);
const {
  verdict,
  arms: measured,
  warnings,
} = await ownModel(barImages(160), {
  arms: arms.split(','),
  seeds: Number(seeds),
  onRun: (arm, seed) => process.stderr.write(`\rseed ${seed}, ${arm}          `),
});
process.stderr.write('\n');
for (const { name, measures } of measured)
  console.log(
    `${name}: accuracy ${(100 * measures.accuracy.mean).toFixed(1)} %, log loss ${measures.logLoss.mean.toFixed(3)}`,
  );
console.log(verdict.text);
for (const warning of warnings) console.log(`Note: ${warning}`);

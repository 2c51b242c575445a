// tfjs-core's own tests, run by Jasmine in a process of their own, on one backend, with stock kernels or with ours. The last line
// of the output is what became of each spec, as JSON.
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerTestEnv } from '@tensorflow/tfjs-core/dist/jasmine_util.js'; // installs Jasmine's globals: see the test's bundler
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { useFastKernels } from '../../src/fast/use-fast-kernels.js';

export interface Spec {
  name: string;
  status: 'passed' | 'failed' | 'pending';
  message: string;
}

/** What is used of Jasmine, which brings no types. */
interface SpecResult {
  fullName: string;
  status: Spec['status'];
  failedExpectations: { message: string }[];
}
declare const jasmine: {
  getEnv(): {
    configure(options: { random: boolean; forbidDuplicateNames: boolean }): void;
    addReporter(reporter: { specDone(result: SpecResult): void }): void;
    execute(): Promise<void>;
  };
};

const [backendName = '', kernels, wasmFolder = ''] = process.argv.slice(2);
setWasmPaths(wasmFolder);
registerTestEnv({ name: backendName, backendName, isDataSync: true });
if (kernels === 'fast') useFastKernels();

async function run(): Promise<void> {
  const env = jasmine.getEnv();
  env.configure({ random: false, forbidDuplicateNames: false });
  const specs: Spec[] = [];
  env.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      specs.push({ name: fullName, status, message: failedExpectations[0]?.message ?? '' });
    },
  });
  // Only now, since the tests are made for the environments that are registered by then.
  await import('@tensorflow/tfjs-core/dist/tests.js');
  await env.execute();
  process.stdout.write(`\n${JSON.stringify(specs)}\n`, () => process.exit());
}
run();

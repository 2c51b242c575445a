// What is held in memory after some work.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const bytesNow = (): number => {
  collect();
  collect(); // the first may still be freeing array buffers in the background
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Runs, and measures how many bytes what came out holds that were not held before. */
export async function heldBy<S, T>(
  run: () => Promise<{ seconds: S; last: T }>,
): Promise<{ seconds: S; held: T; bytes: number }> {
  const before = bytesNow();
  const { seconds, last: held } = await run();
  return { seconds, held, bytes: bytesNow() - before };
}

// A Web Worker: trains what it is sent.
import type { Message, Task } from './protocol.js';
import { runTask } from './run-task.js';

/** The worker's own side of `Worker`, of which DOM's types know nothing. */
interface Scope {
  onmessage: ((event: { data: Task }) => void) | null;
  postMessage(message: Message): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data: task }) => {
  try {
    const finished = await runTask(task, (progress) => scope.postMessage({ kind: 'progress', progress }));
    scope.postMessage({ kind: 'done', ...finished });
  } catch (error) {
    scope.postMessage({ kind: 'failed', error });
  }
};

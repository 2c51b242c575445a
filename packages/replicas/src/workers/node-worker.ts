// A thread of Node: Piscina calls its default export.
import type { MessagePort } from 'node:worker_threads';
import type { Finished, Message, Task } from './protocol.js';
import { runTask } from './run-task.js';

export default ({ task, port }: { task: Task; port: MessagePort }): Promise<Finished> => {
  const post = (message: Message): void => port.postMessage(message);
  return runTask(task, (progress) => post({ kind: 'progress', progress }));
};

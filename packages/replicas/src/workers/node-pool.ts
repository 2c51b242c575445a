// Threads of Node, by Piscina.
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Finished, Message, Pool, Progressed } from './protocol.js';

export function createNodePool(threads: number): Pool {
  const pool = new Piscina({
    filename: new URL('./node-worker.cjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
  });
  return {
    threads,
    async run(task, onProgress: (progress: Progressed) => void, signal) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (message: Message) => {
        if (message.kind === 'progress') onProgress(message.progress);
      });
      try {
        return (await pool.run({ task, port: port2 }, { transferList: [port2], signal })) as Finished;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}

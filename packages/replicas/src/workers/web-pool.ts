// Web Workers, each started when it is first needed.
import type { Finished, Message, Pool, Progressed, Task } from './protocol.js';

interface Waiting {
  task: Task;
  onProgress: (progress: Progressed) => void;
  signal: AbortSignal;
  resolve: (finished: Finished) => void;
  reject: (error: unknown) => void;
}

export function createWebPool(threads: number): Pool {
  const idle: Worker[] = [];
  const waiting: Waiting[] = [];
  const all = new Set<Worker>();

  // Bundlers find the worker by exactly this form.
  const start = (): Worker => {
    const worker = new Worker(new URL('./web-worker.js', import.meta.url), { type: 'module' });
    all.add(worker);
    return worker;
  };

  const end = (worker: Worker): void => {
    worker.terminate();
    all.delete(worker);
  };

  const next = (): void => {
    if (waiting.length === 0 || (idle.length === 0 && all.size >= threads)) return;
    const own = waiting.shift() as Waiting;
    work(idle.pop() ?? start(), own);
  };

  function work(worker: Worker, { task, onProgress, signal, resolve, reject }: Waiting): void {
    const settle = (kept: boolean, outcome: () => void): void => {
      signal.removeEventListener('abort', abort);
      worker.onmessage = null;
      worker.onerror = null;
      if (kept) idle.push(worker);
      else end(worker);
      outcome();
      next();
    };
    const abort = (): void => settle(false, () => reject(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'progress') onProgress(data.progress);
      else if (data.kind === 'done') settle(true, () => resolve(data));
      else settle(true, () => reject(data.error));
    };
    worker.onerror = ({ message }) => settle(false, () => reject(new Error(`a worker failed: ${message}`)));
    worker.postMessage(task);
  }

  return {
    threads,
    run: (task, onProgress, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const own: Waiting = { task, onProgress, signal, resolve, reject };
        waiting.push(own);
        signal.addEventListener(
          'abort',
          () => {
            const at = waiting.indexOf(own);
            if (at < 0) return;
            waiting.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        next();
      }),
    async close() {
      for (const worker of [...all]) end(worker);
      idle.length = 0;
    },
  };
}

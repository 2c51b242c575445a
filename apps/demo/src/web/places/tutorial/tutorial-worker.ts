import { signal } from '@preact/signals';
import { callback, startWorker, type WorkerHandle } from '../../worker/client.js';
import { noChoices } from '../../worker/table-info.js';

const handle = signal<WorkerHandle>();

/** A worker that holds the embedded table: the tutorial is about it, whatever else is open. */
export function tutorialWorker(): WorkerHandle {
  handle.value ??= started();
  return handle.value;
}

function started(): WorkerHandle {
  const worker = startWorker();
  const opened = worker.call((api) =>
    api.open(
      null,
      noChoices,
      callback(() => {}),
    ),
  );
  // A worker that did not load is tried anew at the next call.
  opened.catch(() => {
    handle.value = undefined;
  });
  return { ...worker, call: (work) => opened.then(() => worker.call(work)) };
}

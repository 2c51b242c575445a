import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExportedFile, ExportKind } from '../../../live/exports.js';
import type { LiveFrame } from '../../../live/frame.js';
import type { LiveOptions } from '../../../live/options.js';
import { Cancelled, callback, type WorkerHandle } from '../../worker/client.js';
import type { NetworkFacts } from '../../worker/network.js';

export type NetworkState = 'loading' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done' | 'failed';

interface Shown {
  readonly state: NetworkState;
  readonly facts: NetworkFacts | undefined;
  readonly frame: LiveFrame | undefined;
  readonly error: string | undefined;
}

export interface Network extends Shown {
  /** Goes on where it was paused or stepped, else from the initial weights. */
  run(): void;
  pause(): void;
  /** Ends the run; what is drawn stays, and the next run begins anew. */
  cancel(): void;
  /** One epoch. */
  step(): void;
  reset(): void;
  /** Makes the network again, after a failure. */
  retry(): void;
  files(kind: ExportKind): Promise<readonly ExportedFile[]>;
}

const loading: Shown = { state: 'loading', facts: undefined, frame: undefined, error: undefined };

/** The network of a worker's table, with these options. */
export function useNetwork(worker: WorkerHandle, options: LiveOptions, epochs: number): Network {
  const [shown, setShown] = useState(loading);
  // What was asked for before says nothing any more.
  const latest = useRef(0);
  const key = JSON.stringify(options);

  /** Asks the worker, and shows what it answers unless something else was asked for meanwhile. */
  const ask = async <T>(
    change: Partial<Shown>,
    work: (isLatest: () => boolean) => Promise<T>,
    show: (answer: T) => Partial<Shown>,
  ) => {
    const mine = ++latest.current;
    const isLatest = () => mine === latest.current;
    setShown((now) => ({ ...now, error: undefined, ...change }));
    try {
      const answer = await work(isLatest);
      if (isLatest()) setShown((now) => ({ ...now, ...show(answer) }));
    } catch (error) {
      if (isLatest() && !(error instanceof Cancelled))
        setShown((now) => ({ ...now, state: 'failed', error: (error as Error).message }));
    }
  };
  const start = () =>
    ask(
      loading,
      () => worker.call((api) => api.network(options)),
      ({ facts, frame }) => ({ state: 'ready', facts, frame }),
    );
  useEffect(() => {
    void start();
    return () => {
      latest.current++;
      worker.call((api) => api.stopNetwork()).catch(() => {});
    };
  }, [worker, key]);

  const { state, frame } = shown;
  const isReady = state !== 'loading' && state !== 'failed';
  const stop = () => worker.call((api) => api.stopNetwork()).catch(() => {});
  return {
    ...shown,
    run() {
      if (!isReady || !frame) return;
      const goesOn = ['paused', 'ready'].includes(state) && frame.epoch > 0 && frame.epoch < epochs;
      void ask(
        { state: 'running' },
        (isLatest) =>
          worker.call((api) =>
            api.runNetwork(
              epochs,
              !goesOn,
              callback((next: LiveFrame) => {
                if (isLatest()) setShown((now) => ({ ...now, frame: next }));
              }),
            ),
          ),
        (ran) => ({ state: ran.how === 'stopped' ? 'paused' : 'done', frame: ran.frame }),
      );
    },
    pause: () => void stop(),
    cancel() {
      latest.current++;
      setShown((now) => ({ ...now, state: 'cancelled' }));
      void stop();
    },
    step() {
      if (!isReady || state === 'running') return;
      void ask(
        {},
        () => worker.call((api) => api.stepNetwork()),
        (next) => ({ state: 'paused', frame: next }),
      );
    },
    reset() {
      if (!isReady) return;
      void ask(
        {},
        () => worker.call((api) => api.resetNetwork()),
        (next) => ({ state: 'ready', frame: next }),
      );
    },
    retry: () => void start(),
    files: (kind) => worker.call((api) => api.exportNetwork(kind)),
  };
}

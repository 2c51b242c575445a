import type { Network } from './use-network.js';

const words: Record<Network['state'], string> = {
  loading: 'making the network…',
  ready: 'ready',
  running: 'training',
  paused: 'paused',
  cancelled: 'cancelled; what it learnt is shown, and Run begins anew',
  done: 'done',
  failed: '',
};

/** Run, which turns into Cancel; pause, one epoch, and back to the initial weights. */
export function Controls({ network, epochs }: { network: Network; epochs: number }) {
  const { state, frame, error } = network;
  const running = state === 'running';
  const ready = state !== 'loading' && state !== 'failed';
  const paused = state === 'paused' && frame !== undefined && frame.epoch < epochs;
  const main = running ? 'Cancel' : state === 'failed' ? 'Try again' : paused ? 'Go on' : 'Run';
  const press = running ? network.cancel : state === 'failed' ? network.retry : network.run;
  const other = (name: string, what: string, works: boolean, act: () => void) => (
    <button type="button" aria-disabled={!works} title={what} onClick={() => works && act()}>
      {name}
    </button>
  );
  return (
    <>
      <div class="job">
        <button
          type="button"
          class={running ? 'main' : 'main primary'}
          aria-disabled={state === 'loading'}
          onClick={press}
        >
          {main}
        </button>
        {other('Pause', 'stop after this epoch', running, network.pause)}
        {other('Step', 'train one epoch', ready && !running, network.step)}
        {other('Reset', 'back to the same initial weights', ready && frame !== undefined, network.reset)}
        <span class="muted epoch">
          {frame && `Epoch ${frame.epoch} of ${epochs}: `}
          <span role="status">
            {frame && frame.troubles[0]?.kind === 'nan' ? 'broken off' : words[state]}
          </span>
        </span>
      </div>
      {error && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
    </>
  );
}

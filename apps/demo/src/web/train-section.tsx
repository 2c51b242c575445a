import { useState } from 'preact/hooks';
import { defaultSeed } from '../tutorial/experiments.js';
import type { Curves } from '../tutorial/mended.js';
import type { SplitMethod } from '../tutorial/parts.js';
import { accuracyChart, lossChart } from '../view/charts.js';
import { MendedView } from '../view/results.js';
import { Chart } from './chart.js';
import { JobBar } from './job-bar.js';
import { useJob } from './use-job.js';
import { callback, worker } from './worker-client.js';

export interface JobSectionProps {
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onBusy: (busy: boolean) => void;
}

const splits: [SplitMethod, string][] = [
  ['random', 'random rows'],
  ['panels', 'whole panels'],
];

export function TrainSection({ ready, busy, onBusy }: JobSectionProps) {
  const [seed, setSeed] = useState<number>(defaultSeed);
  const [split, setSplit] = useState<SplitMethod>('random');
  const [curves, setCurves] = useState<Curves>();
  const job = useJob((onProgress) => {
    onBusy(true);
    setCurves(undefined);
    return worker.train(seed, split, onProgress, callback(setCurves)).finally(() => onBusy(false));
  });
  const shown = job.result?.curves ?? (job.state === 'running' ? curves : undefined);
  return (
    <section id="train">
      <h2>Train the network</h2>
      <p>
        Six inputs, three hidden Leaky ReLU units (A = 0.05), three softmax outputs; 100 epochs of Adam in
        batches of 10, features standardised on the training part.
      </p>
      <div class="controls">
        <label>
          Seed{' '}
          <input
            type="number"
            min="0"
            max="4294967295"
            step="1"
            value={seed}
            disabled={busy}
            onInput={(event) => setSeed(event.currentTarget.valueAsNumber)}
          />
        </label>
        <fieldset disabled={busy}>
          <legend>Hold out 20 %:</legend>
          {splits.map(([value, name]) => (
            <label key={value}>
              <input type="radio" name="split" checked={split === value} onChange={() => setSplit(value)} />{' '}
              {name}
            </label>
          ))}
        </fieldset>
      </div>
      <JobBar job={job} start="Train" busy={!ready || busy} />
      {job.result && <MendedView result={job.result} />}
      {shown && (
        <div class="pair">
          <Chart {...lossChart('Log loss by epoch', shown)} />
          <Chart {...accuracyChart('Accuracy by epoch', shown)} />
        </div>
      )}
    </section>
  );
}

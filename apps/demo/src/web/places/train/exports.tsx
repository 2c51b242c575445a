import { useState } from 'preact/hooks';
import type { ExportKind } from '../../../live/exports.js';
import { download } from '../compare/download.js';
import type { Network } from './use-network.js';

const kinds: readonly (readonly [kind: ExportKind, name: string])[] = [
  ['tfjs', 'Save as tfjs files'],
  ['keras', 'Save as Keras topology'],
  ['code', 'Save as code'],
];

/** The network as it is now, for other places. */
export function Exports({ network }: { network: Network }) {
  const [problem, setProblem] = useState<string>();
  const save = async (kind: ExportKind) => {
    setProblem(undefined);
    try {
      for (const { name, content, type } of await network.files(kind)) download(name, content, type);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <div class="take-along">
      <h2>Take it along</h2>
      <p>
        As <code>model.json</code> and <code>weights.bin</code>, which <code>tf.loadLayersModel</code> reads
        beside @rectify/tfjs-layer; as the topology that Keras 3 reads; or as one TypeScript function with the
        weights in it.
      </p>
      <div class="controls">
        {kinds.map(([kind, name]) => (
          <button key={kind} type="button" onClick={() => save(kind)}>
            {name}
          </button>
        ))}
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

import type { LiveFrame } from '../../../live/frame.js';
import { shown } from '../../../view/chart/series.js';

/** What stands in the way of learning, why, and what to try. It has its room from the start, so that nothing jumps. */
export function Troubles({ frame }: { frame: LiveFrame }) {
  const { troubles, layers, epoch } = frame;
  const moved = Math.max(...layers.map(({ moved: own }) => own ?? 0));
  return (
    <div class="troubles" role="status">
      {troubles.length === 0 && (
        <p class="muted">
          {epoch === 0
            ? 'The initial weights: nothing is learnt yet.'
            : `Nothing stands in its way: weights moved by up to ${shown(moved)} in the last epoch.`}
        </p>
      )}
      {troubles.map(({ kind, why, tries }) => (
        <div key={kind} class={kind === 'nan' ? 'problem' : 'warn'}>
          <p>{why}</p>
          <p>To try: {tries.join('; ')}.</p>
        </div>
      ))}
    </div>
  );
}

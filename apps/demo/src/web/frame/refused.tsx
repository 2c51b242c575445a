import type { PlaceState } from '../route/route.js';

/** What a link says that stands for nothing. */
export function Refused<S>({ of }: { of: PlaceState<S> }) {
  const refused = of.refused.value;
  if (refused.length === 0) return null;
  return (
    <p class="note" role="status">
      The link says {refused.join(', ')}, which stands for nothing here; the default is taken.
    </p>
  );
}

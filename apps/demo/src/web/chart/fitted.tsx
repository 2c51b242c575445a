import type { ComponentChildren } from 'preact';
import { useWidth } from './use-width.js';

/** Gives a chart the width of its place, so that its text is neither shrunk nor blown up. */
export function Fitted({ children }: { children: (width: number | undefined) => ComponentChildren }) {
  const { place, width } = useWidth<HTMLDivElement>();
  return (
    <div class="fitted" ref={place}>
      {children(width)}
    </div>
  );
}

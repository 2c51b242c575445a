import type { ComponentChildren } from 'preact';

/** A table that may be wider than the page: it scrolls by itself, by keys too, and has a name. */
export const Scroll = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (axe: scrollable-region-focusable)
  <section class="scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);

/**
 * Catches the focus where what had it goes away: it falls to the heading of the place, never to the body, from where a reader by keys
 * would have to begin anew. Returns what ends it.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  const remember = ({ target }: FocusEvent) => {
    last = target as Element;
  };
  const observer = new MutationObserver(() => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', remember);
  observer.observe(document.getElementById('app') as HTMLElement, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}

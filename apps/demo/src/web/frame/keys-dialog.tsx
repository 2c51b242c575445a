import { useEffect } from 'preact/hooks';

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['?'], 'these keys'],
  [['Tab', 'Shift + Tab'], 'to the next and the previous control'],
  [['←', '→'], 'on a chart: move the tracer; with Shift five times as far'],
  [['Home', 'End'], 'on a chart: to its ends'],
  [['Esc'], 'on a chart: take the tracer away; in this window: close it'],
  [['Ctrl + V', '⌘ + V'], 'anywhere: open a table that you copied'],
  [['Alt + ←', 'Alt + →'], 'back and forward, also to earlier settings'],
];

const dialog = () => document.getElementById('keys') as HTMLDialogElement;

export const openKeys = (): void => dialog().showModal();

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea, select');

/** What keys there are; `?` opens it. */
export function KeysDialog() {
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isWriting(event.target) || dialog().open)
        return;
      event.preventDefault();
      openKeys();
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  }, []);
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {keys.map(([names, what]) => (
          <div key={what}>
            <dt>
              {names.map((name, i) => (
                <>
                  {i > 0 && ' or '}
                  <kbd>{name}</kbd>
                </>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="primary">
          Close
        </button>
      </form>
    </dialog>
  );
}

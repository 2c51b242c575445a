import { useEffect, useState } from 'preact/hooks';
import { openFirst, openText } from '../table/table.js';

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea');

/** A file that is dropped, or a table that is pasted, anywhere on the page is opened. */
export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const drag = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      // Text that is dragged into a field is the field's.
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      openFirst([...(event.dataTransfer?.files ?? [])], 'dropped');
    };
    const paste = (event: ClipboardEvent) => {
      if (isWriting(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) openFirst(files, 'pasted');
      else if (text.trim() !== '') openText(text);
      else return;
      event.preventDefault();
    };
    const listeners = { dragover: drag, dragleave: leave, drop, paste } as unknown as Record<
      string,
      EventListener
    >;
    for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
    };
  }, []);
  return (
    <div class="drop" hidden={!over} aria-hidden="true">
      <p>Drop the file: it stays in this browser</p>
    </div>
  );
}

import { useEffect } from 'preact/hooks';
import { DropZone } from './frame/drop-zone.js';
import { Header } from './frame/header.js';
import { keepFocus } from './frame/keep-focus.js';
import { KeysDialog } from './frame/keys-dialog.js';
import { Next } from './frame/next.js';
import { NotOpened } from './frame/not-opened.js';
import { PlaceView } from './frame/place-view.js';
import { placeOf } from './route/places.js';
import { route } from './route/route.js';

/** The frame around the six places. */
export function App() {
  const { place, known } = route.value;
  useEffect(keepFocus, []);
  useEffect(() => {
    const { name, title } = placeOf(place);
    document.title = place === 'start' ? title : `${name} · Rectify`;
    document.documentElement.dataset.place = place;
  }, [place]);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it goes to the content, but the hash is the place's */}
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {!known && (
          <p class="note" role="status">
            This link names no place of the page; this is the start.
          </p>
        )}
        <NotOpened />
        <PlaceView id={place} />
        <Next />
      </main>
      <footer>
        <p>
          Rectify reads, trains and compares in this browser. Nothing that you open leaves it. Press{' '}
          <kbd>?</kbd> for the keys. <a href="./docs/index.html">API reference</a> of the packages.{' '}
          <a href="./licenses.md">Licences</a> of what it is made of.
        </p>
      </footer>
      <KeysDialog />
      <DropZone />
    </>
  );
}

/** The hash is the place's: the link may not change it. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

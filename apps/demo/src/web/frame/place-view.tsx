import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type PlaceId, placeOf } from '../route/places.js';
import { views } from './views.js';

type Loaded = { readonly view: ComponentType } | { readonly error: Error };

const loaded = signal<Partial<Record<PlaceId, Loaded>>>({});

/** Fetches a place's code; what went wrong is shown, and can be tried again. */
export async function loadPlace(id: PlaceId): Promise<void> {
  const found = await views[id]().then(
    (module): Loaded => ({ view: module.default }),
    (error: Error): Loaded => ({ error }),
  );
  loaded.value = { ...loaded.value, [id]: found };
}

/** Puts a place there without fetching it: the page is rendered so when it is built. */
export function usePlace(id: PlaceId, view: ComponentType): void {
  loaded.value = { ...loaded.value, [id]: { view } };
}

/** A place, or that it is being fetched, or that it did not come. */
export function PlaceView({ id }: { id: PlaceId }) {
  const place = loaded.value[id];
  const shown = useRef<PlaceId>();
  const isThere = place !== undefined && 'view' in place;
  useEffect(() => {
    if (place === undefined) loadPlace(id);
  }, [id, place]);
  useEffect(() => {
    if (!isThere || shown.current === id) return;
    const first = shown.current === undefined;
    shown.current = id;
    if (!first) scrollTo(0, 0);
    // A reader by ear or by keys starts at the top of the place.
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [id, isThere]);
  if (place === undefined)
    return (
      <p class="loading" role="status">
        Loading {placeOf(id).name}…
      </p>
    );
  if ('error' in place)
    return (
      <section role="alert">
        <h1 tabIndex={-1}>{placeOf(id).title}</h1>
        <p>This part of the page could not be loaded: {place.error.message}</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          Try again
        </button>
      </section>
    );
  const View = place.view;
  return <View />;
}

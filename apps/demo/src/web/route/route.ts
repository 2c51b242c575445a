// Where the page is: the hash of its URL, `#/place?parameters`, so that it works from any folder of any server.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Codec } from './codec.js';
import { type PlaceId, placeIds } from './places.js';

export interface Route {
  readonly place: PlaceId;
  readonly params: URLSearchParams;
  /** False where the hash names no place: Start is shown, and says so. */
  readonly known: boolean;
}

export function routeOf(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const id = path === '' ? 'start' : path;
  const place = placeIds.find((one) => one === id);
  return { place: place ?? 'start', params: new URLSearchParams(query), known: place !== undefined };
}

/** The link to a place, with parameters where there are some. */
export function hrefOf(place: PlaceId, params: URLSearchParams = new URLSearchParams()): string {
  // Commas and colons are allowed in a fragment, and read better so.
  const query = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return `#/${place === 'start' ? '' : place}${query === '' ? '' : `?${query}`}`;
}

const current = signal<Route>(routeOf(globalThis.location?.hash ?? ''));

export const route: ReadonlySignal<Route> = current;

/** Follows the browser's Back, Forward, and links; called once. */
export function followHistory(): void {
  addEventListener('popstate', () => {
    current.value = routeOf(location.hash);
  });
}

/** Goes to a link of `hrefOf`: `push` is a step that Back takes back, `replace` is none. */
export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  if (href === location.hash || (href === '#/' && location.hash === '')) return;
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', href);
  current.value = routeOf(href);
}

/** The state of a place, out of the URL. */
export interface PlaceState<S> {
  readonly state: ReadonlySignal<S>;
  readonly refused: ReadonlySignal<readonly string[]>;
  /** Changes some of it. A slider that moves replaces, a choice pushes. */
  set(change: Partial<S>, how?: 'push' | 'replace'): void;
  /** Which of these parameters stand for nothing. */
  refusedOf(params: URLSearchParams): readonly string[];
  /** The link to the place with some of the state changed. */
  href(change?: Partial<S>): string;
}

export function placeState<S extends object>(place: PlaceId, of: Codec<S>): PlaceState<S> {
  const here = computed(() =>
    current.value.place === place ? of.read(current.value.params) : { state: of.fallback, refused: [] },
  );
  const href = (change: Partial<S> = {}) => hrefOf(place, of.write({ ...here.value.state, ...change }));
  return {
    state: computed(() => here.value.state),
    refused: computed(() => here.value.refused),
    refusedOf: (params) => of.read(params).refused,
    set: (change, how = 'push') => go(href(change), how),
    href,
  };
}

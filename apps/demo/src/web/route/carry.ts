// Links between places: each is left as it was, and the table goes along.
import { effect } from '@preact/signals';
import { tableParameters } from '../table/table-fields.js';
import type { PlaceId } from './places.js';
import { hrefOf, route } from './route.js';

const lasts = new Map<PlaceId, URLSearchParams>();
let tableNow = new URLSearchParams();

const withTable: readonly PlaceId[] = ['data', 'train', 'compare'];

/** Remembers how each place was left. Called once. */
export function rememberPlaces(): void {
  effect(() => {
    const { place, params } = route.value;
    lasts.set(place, params);
    if (withTable.includes(place))
      tableNow = new URLSearchParams([...params].filter(([name]) => tableParameters.includes(name)));
  });
}

/** The link to a place as it was left, with the table of now. */
export function linkTo(place: PlaceId): string {
  const params = new URLSearchParams(lasts.get(place));
  if (withTable.includes(place)) {
    for (const name of tableParameters) params.delete(name);
    for (const [name, value] of tableNow) params.set(name, value);
  }
  return hrefOf(place, params);
}

export const placeIds = ['start', 'tutorial', 'function', 'data', 'train', 'compare'] as const;
export type PlaceId = (typeof placeIds)[number];

export interface Place {
  readonly id: PlaceId;
  /** In the navigation. */
  readonly name: string;
  /** Its heading, and what Next says. */
  readonly title: string;
}

/** The places in the order of the story. */
export const places: readonly Place[] = [
  { id: 'start', name: 'Start', title: 'Leaky ReLU: what it does, and whether your data needs it' },
  { id: 'tutorial', name: 'Tutorial', title: 'The tutorial’s network never learnt: replay it' },
  { id: 'function', name: 'Function', title: 'The functions and their derivatives' },
  { id: 'data', name: 'Data', title: 'Your data' },
  { id: 'train', name: 'Train', title: 'Watch one network train' },
  { id: 'compare', name: 'Compare', title: 'Which activation for this table?' },
];

export const placeOf = (id: PlaceId): Place => places.find((place) => place.id === id) as Place;

/** The next place in the story; after the last one, none. */
export const nextOf = (id: PlaceId): Place | undefined => places[placeIds.indexOf(id) + 1];

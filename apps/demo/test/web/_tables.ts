// Tables that a visitor may bring.

/** Numbers that look drawn and are the same everywhere. */
const noise = (i: number) => (Math.sin(12.9898 * (i + 1)) * 43758.5453) % 1;

const csv = (names: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [names, ...rows].map((cells) => cells.join(',')).join('\n');

/** Shaped as Fisher's irises are, by the means and deviations of their species. */
const irisFacts = {
  setosa: [5.01, 0.35, 3.43, 0.38, 1.46, 0.17, 0.25, 0.11],
  versicolor: [5.94, 0.52, 2.77, 0.31, 4.26, 0.47, 1.33, 0.2],
  virginica: [6.59, 0.64, 2.97, 0.32, 5.55, 0.55, 2.03, 0.27],
};

export const iris = csv(
  ['sepal_length', 'sepal_width', 'petal_length', 'petal_width', 'species'],
  Object.entries(irisFacts).flatMap(([species, facts], s) =>
    Array.from({ length: 50 }, (_, i) => [
      ...[0, 1, 2, 3].map((j) =>
        (facts[2 * j] + 1.7 * facts[2 * j + 1] * noise(200 * s + 4 * i + j)).toFixed(1),
      ),
      species,
    ]),
  ),
);

/** Text, missing cells, and four classes. */
export const mixed = csv(
  ['size', 'weight', 'colour', 'kind'],
  Array.from({ length: 120 }, (_, i) => {
    const kind = i % 4;
    const size = i % 11 === 0 ? '' : (kind + 0.3 * noise(i)).toFixed(3);
    return [
      size,
      (5 + noise(i + 500)).toFixed(3),
      i % 13 === 0 ? '' : ['red', 'blue', 'green'][i % 3],
      'abcd'[kind],
    ];
  }),
);

/** A number to predict. */
export const houses = csv(
  ['area', 'rooms', 'age', 'price'],
  Array.from({ length: 100 }, (_, i) => {
    const area = 80 + 40 * noise(i);
    return [
      area.toFixed(2),
      1 + (i % 5),
      (20 + 19 * noise(i + 300)).toFixed(1),
      (1800.5 * area + 9000 * noise(i + 900)).toFixed(2),
    ];
  }),
);

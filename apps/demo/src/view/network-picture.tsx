/** A layer of a network as a picture shows it: the names of its units. */
export interface PicturedLayer {
  readonly title: string;
  readonly units: readonly string[];
}

const size = { width: 560, row: 40, radius: 11, top: 40 } as const;

/** A network as a picture: a column for each layer, a circle for each unit, a line for each weight. */
export function NetworkPicture({ layers }: { layers: readonly PicturedLayer[] }) {
  const most = Math.max(...layers.map(({ units }) => units.length));
  const height = size.top + most * size.row + 16;
  const left = 120;
  const right = size.width - 150;
  const places = layers.map(({ units }, l) =>
    units.map((name, i) => ({
      name,
      x: left + ((right - left) * l) / (layers.length - 1),
      y: size.top + size.row * (i + (most - units.length) / 2 + 0.5),
    })),
  );
  const weights = places
    .slice(1)
    .flatMap((units, l) =>
      units.flatMap((to) => places[l].map((from) => `M${from.x} ${from.y}L${to.x} ${to.y}`)),
    )
    .join('');
  const spoken = layers.map(({ title, units }) => `${title}: ${units.join(', ')}`).join('. ');
  return (
    <svg
      class="network"
      viewBox={`0 0 ${size.width} ${height}`}
      role="img"
      aria-label={`A network. ${spoken}.`}
    >
      <path class="weights" d={weights} />
      {places.map((units, l) => (
        <g key={layers[l].title}>
          <text class="name" x={units[0].x} y={20} text-anchor="middle">
            {layers[l].title}
          </text>
          {units.map(({ name, x, y }) => (
            <g key={name}>
              <circle cx={x} cy={y} r={size.radius} />
              {l === 0 && (
                <text x={x - size.radius - 6} y={y + 4} text-anchor="end">
                  {name}
                </text>
              )}
              {l === layers.length - 1 && (
                <text x={x + size.radius + 6} y={y + 4}>
                  {name}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** The tutorial's: its inputs, three Leaky ReLU units, and one for the answer. */
export const tutorialLayers = (inputs: readonly string[]): PicturedLayer[] => [
  { title: 'inputs', units: inputs },
  { title: 'Leaky ReLU, A = 0.05', units: ['h1', 'h2', 'h3'] },
  { title: 'Leaky ReLU, A = 0.05', units: ['1 above 0.5, else 0'] },
];

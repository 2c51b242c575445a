/** One layer of the tutorial's network as its summary lists it. */
interface LayerLine {
  readonly name: string;
  readonly units: number;
  readonly parameters: number;
}

/** Dense(3), LeakyReLU(0.05), Dense(1), LeakyReLU(0.05). A dense layer has inputs × units weights and a bias for each unit. */
const layersOf = (inputs: number): LayerLine[] => [
  { name: 'dense (Dense)', units: 3, parameters: (inputs + 1) * 3 },
  { name: 'leaky_re_lu (LeakyReLU)', units: 3, parameters: 0 },
  { name: 'dense_1 (Dense)', units: 1, parameters: 3 + 1 },
  { name: 'leaky_re_lu_1 (LeakyReLU)', units: 1, parameters: 0 },
];

/** The summary, as Keras prints it. */
export function summaryLines(inputs: number): string {
  const layers = layersOf(inputs);
  const rows = [
    ['Layer (type)', 'Output Shape', 'Param #'],
    ...layers.map(({ name, units, parameters }) => [name, `(None, ${units})`, String(parameters)]),
  ];
  const widths = [0, 1, 2].map((j) => Math.max(...rows.map((row) => row[j].length)));
  const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
  return [
    ...rows.map((row) =>
      row
        .map((cell, j) => cell.padEnd(widths[j]))
        .join('  ')
        .trimEnd(),
    ),
    `Total params: ${total}`,
  ].join('\n');
}

/** The network as a picture: every input leads to each of three hidden units, and each of those to the one output. */
export function networkLines(inputs: readonly string[]): string {
  const rows = Math.max(inputs.length, 3);
  const columns = [inputs, ['(h1)', '(h2)', '(h3)'], ['(y)  answer: 1 above 0.5, else 0']].map((units) =>
    centred(units, rows),
  );
  const width = Math.max(...inputs.map((name) => name.length));
  return Array.from({ length: rows }, (_, row) => {
    const [input, hidden, output] = columns.map((units) => units[row]);
    const first = `${(input ?? '').padStart(width)} ${input === undefined ? '  ' : 'o─'}${joint(columns[0], columns[1], row)}`;
    const second = `${hidden === undefined ? '      ' : `─${hidden}─`}${joint(columns[1], columns[2], row)}`;
    return `${first}${second}${output === undefined ? '' : `─${output}`}`.trimEnd();
  }).join('\n');
}

/** Units in the middle of so many rows. */
function centred(units: readonly string[], rows: number): (string | undefined)[] {
  const start = Math.floor((rows - units.length) / 2);
  return Array.from({ length: rows }, (_, row) => units[row - start]);
}

/** The piece of the upright line between two columns that joins the units of this row to all others. */
function joint(left: readonly unknown[], right: readonly unknown[], row: number): string {
  const taken = (r: number) => left[r] !== undefined || right[r] !== undefined;
  const above = left.some((_, r) => r < row && taken(r));
  const below = left.some((_, r) => r > row && taken(r));
  const pieces = ' ╴╶─╵┘└┴╷┐┌┬│┤├┼'; // bits: 1 left, 2 right, 4 up, 8 down
  const here = Number(left[row] !== undefined) + 2 * Number(right[row] !== undefined);
  const upright = 4 * Number(above && (here > 0 || below)) + 8 * Number(below && (here > 0 || above));
  return pieces[here + upright];
}

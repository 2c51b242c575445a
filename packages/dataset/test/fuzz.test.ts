import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { loadTable, TableError, type TableSchema, type TableSource } from '../src/index.js';
import { BrokenText, Tokeniser } from '../src/read/tokenise.js';
import { type DrawInteger, randomIntegers } from '../src/split/random.js';
import { referenceRecords, referenceRows } from './_reference-csv.js';

// `pnpm fuzz` sets both; the ordinary suite takes a small share of the files.
const files = Number(process.env.RECTIFY_FUZZ_FILES ?? 4000);
const firstSeed = Number(process.env.RECTIFY_FUZZ_SEED ?? 1);
const filesPerSeed = 1000;

const columns = [
  { name: 'Age' },
  { name: 'BS Fast' },
  { name: 'Type', levels: ['Normal', 'Type1', 'Type2'] },
] as const;
const schema: TableSchema = {
  columns: [
    { name: 'Age', kind: 'number', role: 'feature' },
    { name: 'BS Fast', kind: 'number', role: 'feature' },
    { name: 'Type', kind: 'category', role: 'label', levels: columns[2].levels, missing: 'error' },
  ],
};
const maxCell = 10_000;

const encoder = new TextEncoder();
const bases = [
  'Age,BS Fast,Type\n50,6.1,Type1\n31,5.2,Normal\n21,0,Normal\n-44,1e-3,Type2\n',
  'Age,BS Fast,Type\r\n50,6.1,Type1\r\n31,,Normal\r\n,0.125,Normal\r\n44,.5,Type2',
  '"Age","BS Fast","Type"\n"50","6.1","Type1"\n31,"5.2","Normal"\n"44", 5. ,Type2\n',
  '\uFEFF"Type" , age,BS FAST\r\n"Normal" ,50,"6.1"\r\nType2,31,"5.2" \r\n\r\nType1,"44",5\r\n',
  'Age,BS Fast,Type\r50,6.1,"Type1"\r31,5.2,Normal\r',
].map((text) => encoder.encode(text));
const pieces = [
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\0',
  ' ',
  '\t',
  '\u00a0',
  'é',
  '€',
  '𝄞',
  '\uFEFF',
  '=cmd()',
  '__proto__',
  '"\n"',
  '",',
  ',"',
  'e9',
  '.',
  '-',
];

const splice = (bytes: Uint8Array, at: number, gone: number, put: ArrayLike<number>) =>
  Uint8Array.from([...bytes.subarray(0, at), ...Array.from(put), ...bytes.subarray(at + gone)]);

/** Something else in place of one of the bytes `mark`. */
function besideMark(bytes: Uint8Array, draw: DrawInteger, mark: number, put: ArrayLike<number>): Uint8Array {
  const places = [...bytes.keys()].filter((at) => bytes[at] === mark);
  return places.length === 0 ? bytes : splice(bytes, places[draw(0, places.length - 1)], 1, put);
}

function mutate(bytes: Uint8Array, draw: DrawInteger): Uint8Array {
  const at = draw(0, bytes.length);
  switch (draw(0, 15)) {
    case 0:
      return splice(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << draw(0, 7))]); // a bit flipped
    case 1:
      return splice(bytes, at, 1, [draw(0, 255)]); // a byte replaced
    case 2:
      return bytes.slice(0, at); // cut
    case 3:
      return splice(bytes, at, draw(1, 12), []); // a hole
    case 4: {
      const from = draw(0, bytes.length);
      return splice(bytes, at, 0, bytes.subarray(from, from + draw(1, 20))); // a part twice
    }
    case 5:
      return splice(
        bytes,
        at,
        0,
        new Array(draw(0, 20) === 0 ? draw(9_990, 70_000) : draw(9, 300)).fill(draw(48, 57)),
      ); // a huge cell
    case 6: // line ends of another kind from here on
      return encoder.encode(
        new TextDecoder().decode(bytes.subarray(0, at)) +
          new TextDecoder()
            .decode(bytes.subarray(at))
            .replaceAll(/\r\n|\r|\n/g, ['\n', '\r\n', '\r'][draw(0, 2)]),
      );
    case 7: // another encoding
      return draw(0, 1) === 0
        ? new Uint8Array(
            Uint16Array.from(new TextDecoder().decode(bytes), (mark) => mark.charCodeAt(0)).buffer,
          )
        : Uint8Array.from(Buffer.from(`${new TextDecoder().decode(bytes)}é`, 'latin1'));
    case 8: // spaces around a comma
      return besideMark(bytes, draw, 44, encoder.encode(draw(0, 1) === 0 ? ' ,' : ', \t'));
    case 9: // a blank line
      return besideMark(bytes, draw, 10, [10, 13, 10]);
    case 10: // more digits
      return besideMark(bytes, draw, draw(48, 54), encoder.encode(String(draw(0, 1e9))));
    case 11: // an empty cell
      return splice(bytes, bytes.lastIndexOf(44) - 1, 1, []);
    default:
      return splice(bytes, at, draw(0, 1), encoder.encode(pieces[draw(0, pieces.length - 1)]));
  }
}

function inChunks(bytes: Uint8Array, draw: DrawInteger): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const next = at + draw(1, 40);
      controller.enqueue(bytes.subarray(at, next));
      at = next;
      if (at >= bytes.length) controller.close();
    },
  });
}

describe(`${files} mutated files, seed ${firstSeed}`, () => {
  const seeds = Array.from({ length: Math.ceil(files / filesPerSeed) }, (_, i) => firstSeed + i);
  const seen = { loaded: 0, refused: 0 };

  test.each(seeds)(
    'seed %i: each loads the rows of the reference, or names a place',
    async (seed) => {
      const draw = randomIntegers(seed);
      for (let i = 0; i < filesPerSeed; i++) {
        let bytes = bases[draw(0, bases.length - 1)] as Uint8Array;
        for (let n = Math.max(1, draw(-2, 3)); n > 0; n--) bytes = mutate(bytes, draw);
        const expected = referenceRows(bytes, columns, maxCell);
        const source: TableSource = draw(0, 3) === 0 ? inChunks(bytes, draw) : bytes;
        const say = () =>
          `seed ${seed}, file ${i}: ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 400))}, reference: ${JSON.stringify(expected).slice(0, 200)}`;
        if (isUtf8(bytes)) tokenisedAlike(new TextDecoder().decode(bytes), draw, say);
        let table: Awaited<ReturnType<typeof loadTable>>;
        try {
          table = await loadTable(source, { schema });
        } catch (error) {
          seen.refused++;
          if (!(error instanceof TableError)) throw new Error(`crash at ${say()}`, { cause: error });
          const issue = error.issues[0];
          const placed = issue?.line !== undefined || /empty|no rows/.test(error.message);
          if (!placed || /[\p{Cc}\u2028\u2029]/u.test(error.message))
            throw new Error(`no place in "${error.message}" at ${say()}`);
          if (typeof expected !== 'string')
            throw new Error(`"${error.message}" against the reference at ${say()}`);
          continue;
        }
        seen.loaded++;
        const rows = table.toRows().map((row) => [row.Age, row['BS Fast'], row.Type]);
        if (JSON.stringify(rows) !== JSON.stringify(expected))
          throw new Error(`wrong rows ${JSON.stringify(rows)} at ${say()}`);
      }
    },
    120_000,
  );

  test('enough of them loaded, and enough did not', () => {
    expect(seen.loaded + seen.refused).toBe(seeds.length * filesPerSeed);
    expect(seen.loaded / files).toBeGreaterThan(0.15);
    expect(seen.refused / files).toBeGreaterThan(0.15);
  });
});

/** Text in small pieces gives the same records as the reference reads from the whole, or is broken in both. */
function tokenisedAlike(text: string, draw: DrawInteger, say: () => string): void {
  const records: string[][] = [];
  const tokeniser = new Tokeniser(',', 2 ** 20, (some) => void records.push(...some), draw(1, 30));
  const expected = referenceRecords(text);
  if (expected === 'NUL') return; // refused before text is cut into records
  try {
    for (let at = 0; at < text.length; ) {
      const length = draw(1, 25);
      tokeniser.push(text.slice(at, at + length));
      at += length;
    }
    tokeniser.end();
  } catch (error) {
    if (error instanceof BrokenText && typeof expected === 'string') return;
    throw new Error(`pieces broke at ${say()}`, { cause: error });
  }
  if (JSON.stringify(records) !== JSON.stringify(expected))
    throw new Error(`pieces gave ${JSON.stringify(records)} at ${say()}`);
}

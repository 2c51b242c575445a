import { describe, expect, test } from 'vitest';
import { type LoadOptions, loadTable, TableError, type TableSchema, type TableSource } from '../src/index.js';
import { findFormat, headLength } from '../src/read/find-format.js';
import { BrokenText, Tokeniser } from '../src/read/tokenise.js';
import { type DrawInteger, randomIntegers } from '../src/split/random.js';
import { type ReferenceRules, referenceRecords, referenceRows, referenceText } from './_reference-csv.js';

// `pnpm fuzz` sets both; the ordinary suite takes a small share of the files.
const files = Number(process.env.RECTIFY_FUZZ_FILES ?? 4000);
const firstSeed = Number(process.env.RECTIFY_FUZZ_SEED ?? 1);
const filesPerSeed = 1000;

const levels = ['Normal', 'Type1', 'Type2'];
const columns = [{ name: 'Age' }, { name: 'BS Fast' }, { name: 'Type', levels }];
const maxCell = 10_000;

const encoder = new TextEncoder();
const bases = [
  'Age,BS Fast,Type\n50,6.1,Type1\n31,5.2,Normal\n21,0,Normal\n-44,1e-3,Type2\n',
  'Age,BS Fast,Type\r\n50,6.1,Type1\r\n31,,Normal\r\n,0.125,Normal\r\n44,.5,Type2',
  '"Age","BS Fast","Type"\n"50","6.1","Type1"\n31,"5.2","Normal"\n"44", 5. ,Type2\n',
  '\uFEFF"Type" , age,BS FAST\r\n"Normal" ,50,"6.1"\r\nType2,31,"5.2" \r\n\r\nType1,"44",5\r\n',
  'Age,BS Fast,Type\r50,6.1,"Type1"\r31,5.2,Normal\r',
  'Age,BS Fast,Type,,\n999,6.1,Type1,,\n31,0.0,Normal,,\n,,,,\n21,-200,Type2,,\n',
  'Age,BS_Fast,Type\n"1234",6.125,Type1\n31,1234567.5,Normal,\n+999.0,99.90e1,Normal\n',
];
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
  ';',
  '|',
  '999',
  ' 999 ',
  '"0.0"',
  'NA',
  '1.234',
  '1,234',
  "1'234",
  '1 234',
];
const missing = ['999', '0', 'NA', '-200', '6.1', '5.0', '50', '999.00', '1e-3', '1234', ' 31', 'Normal'];

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
        const { bytes, options, rules, missingTexts } = someFile(draw);
        const text = referenceText(bytes);
        const asked = columns.map((column, at) => ({
          ...column,
          missingTexts: at < 2 ? missingTexts[at] : [],
        }));
        const schema: TableSchema = {
          columns: asked.map(({ name, missingTexts }, at) =>
            at < 2
              ? { name, kind: 'number', role: 'feature', ...(draw(0, 1) === 0 && { missingTexts }) }
              : { name, kind: 'category', role: 'label', levels, missing: 'error' },
          ),
        };
        // What the schema does not tell, the options do.
        const told = asked.flatMap(({ name, missingTexts }, at) =>
          at < 2 && schema.columns[at].missingTexts === undefined
            ? missingTexts.map((one) => ({ column: name, text: one }))
            : [],
        );
        const found = rules ?? foundRules(text ?? '', schema);
        const expected = referenceRows(text, asked, { ...found, emptyRows: options.emptyRows, maxCell });
        const source: TableSource = draw(0, 3) === 0 ? inChunks(bytes, draw) : bytes;
        const say = () =>
          `seed ${seed}, file ${i}: ${JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 400))}, options ${JSON.stringify({ options, told, schema })}, reference: ${JSON.stringify(expected).slice(0, 200)}`;
        if (text !== undefined) tokenisedAlike(text, found.delimiter, draw, say);
        let table: Awaited<ReturnType<typeof loadTable>>;
        try {
          table = await loadTable(source, { schema, missingTexts: told, ...options });
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

/** A file in some format, damaged, and how it is to be read: with all of its format given, or with nothing. */
function someFile(draw: DrawInteger) {
  const delimiter = [',', ',', ';', '\t', '|'][draw(0, 4)];
  const decimal = delimiter !== ',' && draw(0, 1) === 0 ? ',' : '.';
  const thousands = draw(0, 3) > 0 ? null : [decimal === ',' ? '.' : ',', ' ', "'"][draw(0, 2)];
  const written = bases[draw(0, bases.length - 1)].replaceAll(/[.,]/g, (mark) =>
    mark === ',' ? delimiter : decimal,
  );
  let bytes: Uint8Array = encoder.encode(written);
  for (let n = Math.max(0, draw(-3, 3)); n > 0; n--) bytes = mutate(bytes, draw);
  const emptyRows = draw(0, 3) === 0 ? ('keep' as const) : ('skip' as const);
  const given = { delimiter, decimal, thousands, header: true } as const;
  const missingTexts = [0, 1].map(() => missing.filter(() => draw(0, 4) === 0));
  const isGiven = draw(0, 1) === 0;
  const options = { emptyRows, ...(isGiven && given) } as Pick<LoadOptions, 'delimiter'> & {
    emptyRows: 'skip' | 'keep';
  };
  return { bytes, missingTexts, options, rules: isGiven ? given : undefined };
}

/** What the loader finds, which other tests look at; here it must read by it as the reference does. */
function foundRules(text: string, schema: TableSchema): Omit<ReferenceRules, 'emptyRows' | 'maxCell'> {
  const head = text.slice(0, headLength);
  const { delimiter, numbers, header } = findFormat(head, text.length < headLength, {}, schema);
  return { delimiter, ...numbers, header };
}

/** Text in small pieces gives the same records as the reference reads from the whole, or is broken in both. */
function tokenisedAlike(text: string, delimiter: string, draw: DrawInteger, say: () => string): void {
  const records: string[][] = [];
  const rules = { delimiter, comment: undefined, maxRecordLength: 2 ** 20, pieceLength: draw(1, 30) };
  const tokeniser = new Tokeniser(rules, (some) => {
    for (let i = 0; i < some.length; i++) records.push(some.cells(i));
  });
  const expected = referenceRecords(text, delimiter);
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

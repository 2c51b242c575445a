import { describe, expect, test } from 'vitest';
import {
  type EncoderJson,
  encoderFromJson,
  fitEncoder,
  fitStandardScaler,
  loadTable,
  sampleDiabetes,
  split,
  type TableSchema,
  toFloat32,
} from '../src/index.js';

const schema: TableSchema = {
  columns: [
    { name: 'colour', kind: 'category', role: 'feature' },
    { name: 'size', kind: 'number', role: 'feature' },
    { name: 'shape', kind: 'category', role: 'feature', levels: ['small', 'large'] },
    { name: 'class', kind: 'category', role: 'label' },
  ],
};
const load = (rows: string) => loadTable(`colour,size,shape,class\n${rows}`, { schema });
const train = await load(
  'red,1,large,x\nblue,2,small,y\nred,3,small,x\ngreen,4,large,y\nred,5,large,x\nblue,6,large,y\n',
);
const held = await load('blue,7,small,x\npink,8,large,y\n');

describe('learned on the training part, applied to both', () => {
  test('one-hot: a column for each level; an unseen level is 0 in all (scikit-learn, handle_unknown ignore)', () => {
    const encoder = fitEncoder(train);
    expect(encoder.columnNames(train.featureNames)).toEqual([
      'colour=blue',
      'colour=green',
      'colour=red',
      'size',
      'shape=small',
      'shape=large',
    ]);
    const { data, shape } = held.toMatrix(undefined, { encoder });
    expect(shape).toEqual([2, 6]);
    expect([...data]).toEqual([1, 0, 0, 7, 1, 0, 0, 0, 0, 8, 0, 1]);
    expect(encoder.inverse(encoder.transform(held))).toEqual({
      colour: ['blue', null],
      shape: ['small', 'large'],
    });
    expect(encoder.inverse(encoder.transform(train)).colour).toEqual([
      'red',
      'blue',
      'red',
      'green',
      'red',
      'blue',
    ]);
  });

  test('a column for each level of the table, so that two training parts are equally wide', () => {
    const whole = { levels: 'table', missing: 'none' } as const;
    const [few, more] = [train.takeRows([0, 2, 5]), train.takeRows([1, 3])];
    expect(fitEncoder(few, whole).columnNames()).toEqual(fitEncoder(more, whole).columnNames());
    // No row of the training part is green: to this encoder it is unseen.
    const encoder = fitEncoder(few, whole);
    expect([...encoder.transform(train.takeRows([3, 0])).data]).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 0, 1]);
    expect(encoder.inverse(encoder.transform(train.takeRows([3]))).colour).toEqual([null]);
    expect(() => fitEncoder(few, { ...whole, unseen: 'error' }).transform(more)).toThrow(
      'row 2, column "colour": "green" was not in the training part',
    );
    const again = encoderFromJson(JSON.parse(JSON.stringify(encoder)) as EncoderJson);
    expect(again.transform(more).data).toEqual(encoder.transform(more).data);
    const empty = fitEncoder(train.takeRows([]), whole);
    expect([...empty.transform(few).data]).toEqual(Array(15).fill(0));
    expect(() => fitEncoder(few, { levels: 'all' as never })).toThrow(
      'levels must be one of training, table, got "all"',
    );
  });

  test('ordinal: the place, in the order of the schema or the alphabet; an unseen level is −1', () => {
    const encoder = fitEncoder(train, { encoding: 'ordinal' });
    expect([...encoder.transform(held).data]).toEqual([0, 0, -1, 1]);
    expect(encoder.inverse(encoder.transform(held))).toEqual({
      colour: ['blue', null],
      shape: ['small', 'large'],
    });
  });

  test('frequency: the share of training rows; equal ones have no way back', () => {
    const encoder = fitEncoder(train, { encoding: 'frequency' });
    expect([...encoder.transform(held).data]).toEqual([2 / 6, 2 / 6, 0, 4 / 6]);
    expect(encoder.inverse(encoder.transform(held))).toEqual({
      colour: ['blue', null],
      shape: ['small', 'large'],
    });
    const even = fitEncoder(train.head(2), { encoding: 'frequency', columns: ['colour'] });
    expect(() => even.inverse(even.transform(train.head(1)))).toThrow(
      'column "colour": 0.5 stands for "blue" and "red", which are equally frequent',
    );
  });

  test('rare levels share one, and so do unseen ones then', () => {
    const encoder = fitEncoder(train, { columns: ['colour'], minRows: 2 });
    expect(encoder.columnNames()).toEqual(['colour=blue', 'colour=red', 'colour=(rare)']);
    expect([...encoder.transform(held).data]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(encoder.inverse(encoder.transform(train)).colour[3]).toBe('(rare)');
  });

  test.each(['one-hot', 'ordinal', 'frequency'] as const)('%s is plain data', (encoding) => {
    const encoder = fitEncoder(train, { encoding, minRows: 2 });
    const again = encoderFromJson(JSON.parse(JSON.stringify(encoder)) as EncoderJson);
    expect(again.transform(held)).toEqual(encoder.transform(held));
  });
});

test('missing cells and unseen levels are refused, or are what the options say', async () => {
  const holed = await load('red,1,large,x\n,2,small,y\n');
  expect(() => fitEncoder(holed)).toThrow(
    /column "colour" has missing cells: pass \{ missing: 'level' \} or 'none'/,
  );
  expect(fitEncoder(holed, { missing: 'level' }).columnNames(['colour'])).toEqual([
    'colour=red',
    'colour=(missing)',
  ]);
  expect([...fitEncoder(holed, { missing: 'none', columns: ['colour'] }).transform(holed).data]).toEqual([
    1, 0,
  ]);
  expect(() => fitEncoder(train, { unseen: 'error' }).transform(held)).toThrow(
    /row 2, column "colour": "pink" was not in the training part/,
  );
  expect(() => fitEncoder(train).transform(holed)).toThrow(/column "colour" has missing cells/);
  expect(() => fitEncoder(train, { columns: ['size'] })).toThrow(
    /column "size" must be a category, it is a number/,
  );
  expect(() => fitEncoder(train, { encodeing: 'ordinal' } as never)).toThrow(
    'fitEncoder options has no option "encodeing"; did you mean "encoding"?',
  );
  expect(() => encoderFromJson({ kind: 'encoder' } as never)).toThrow(TypeError);
});

test('a table without numbers works; without an encoder a category is named', () => {
  const categories = train.select(['colour', 'shape', 'class']);
  const encoder = fitEncoder(categories);
  expect(fitStandardScaler(categories.toMatrix(undefined, { encoder })).mean).toHaveLength(5);
  expect(() => categories.toMatrix()).toThrow(
    /column "colour" must be a number column, it is a category: pass \{ encoder \}/,
  );
  expect(() => train.select(['class']).toMatrix()).toThrow(
    /at least one column, and no column has the role feature/,
  );
  expect(split(categories, { method: 'grouped', seed: 1 }).test.length).toBeGreaterThan(0);
});

describe('numbers that float32 cannot tell apart', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${1_700_000_000 + i},${i % 2 ? 'x' : 'y'}`);
  const times = await loadTable(`t,kind\n${rows.join('\n')}\n`, {
    schema: {
      columns: [
        { name: 't', kind: 'number', role: 'feature' },
        { name: 'kind', kind: 'category', role: 'label' },
      ],
    },
  });

  test('are refused as float32, and kept when scaled in float64 and cast last', () => {
    expect(() => times.toMatrix()).toThrow(
      /column "t": 50 different numbers become 1 in float32: pass \{ type: 'float64' \}/,
    );
    const matrix = times.toMatrix(undefined, { type: 'float64' });
    const scaled = toFloat32(fitStandardScaler(matrix).transform(matrix));
    expect(new Set(scaled.data).size).toBe(50);
    expect(scaled.data).toBeInstanceOf(Float32Array);
  });
});

test('unknown options and what is no matrix are refused by name', () => {
  const table = sampleDiabetes();
  expect(() => sampleDiabetes({ sed: 5 } as never)).toThrow(
    'sampleDiabetes options has no option "sed"; did you mean "seed"?',
  );
  expect(() => split(table, { method: 'random', seed: 1, testSize: 0.3 } as never)).toThrow(
    'split options has no option "testSize"; did you mean "testShare"?',
  );
  expect(() => fitStandardScaler([[1, 2]] as never)).toThrow(
    /matrix must be \{ data: Float32Array or Float64Array, shape: \[rows, columns\] \}, as table.toMatrix\(\) gives it, got an array of 1/,
  );
});

import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A peer from the folder they were installed in. */
async function peer(name) {
  const from = createRequire(join(process.env.RECTIFY_BENCH_PEERS, 'index.js'));
  return import(pathToFileURL(from.resolve(name)).href);
}

/** Typed columns that grow, as a user of a tokeniser would write them: numbers unchecked, labels as codes. */
class Columns {
  rows = 0;
  codes = new Map();
  columns = [];
  header;
  add(cells) {
    if (this.header === undefined) {
      this.header = cells;
      this.columns = cells.map(() => new Float64Array(1024));
      return;
    }
    if (this.rows === this.columns[0].length) {
      this.columns = this.columns.map((old) => {
        const larger = new Float64Array(old.length * 2);
        larger.set(old);
        return larger;
      });
    }
    for (let j = 0; j < cells.length; j++)
      this.columns[j][this.rows] = j === 6 ? this.code(cells[j]) : Number(cells[j]);
    this.rows++;
  }
  code(text) {
    let code = this.codes.get(text);
    if (code === undefined) {
      code = this.codes.size;
      this.codes.set(text, code);
    }
    return code;
  }
}

async function* texts(path) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const file = await open(path);
  const buffer = new Uint8Array(2 ** 16);
  for (;;) {
    const { bytesRead } = await file.read(buffer);
    if (bytesRead === 0) break;
    yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
  }
  await file.close();
}

/** Every record of Papa Parse's Parser, in pieces: the fastest way to use it. */
async function papaRecords(path, onRecord) {
  const { default: Papa } = await peer('papaparse');
  const parser = new Papa.Parser({ delimiter: ',', newline: '\n' });
  let pending = '';
  for await (const text of texts(path)) {
    const piece = pending + text;
    const { data, meta } = parser.parse(piece, 0, true);
    for (const cells of data) onRecord(cells);
    pending = piece.slice(meta.cursor);
  }
  for (const cells of parser.parse(pending, 0, false).data) if (cells.length > 1) onRecord(cells);
}

/** Each gives the number of rows, and holds its columns until then. */
const inNode = {
  'papaparse, tokeniser alone': async (path) => {
    let rows = -1;
    await papaRecords(path, () => rows++);
    return rows;
  },
  papaparse: async (path) => {
    const columns = new Columns();
    const { default: Papa } = await peer('papaparse');
    await new Promise((complete, error) => {
      const chunk = ({ data }) => {
        for (const cells of data) if (cells.length > 1) columns.add(cells);
      };
      Papa.parse(createReadStream(path), { chunk, complete, error });
    });
    return columns.rows;
  },
  'papaparse, in pieces': async (path) => {
    const columns = new Columns();
    await papaRecords(path, (cells) => columns.add(cells));
    return columns.rows;
  },
  udsv: async (path) => {
    const { inferSchema, initParser } = await peer('udsv');
    const columns = new Columns();
    let parser;
    const onData = (cells) => columns.add(cells);
    for await (const text of texts(path)) {
      if (parser === undefined) {
        const schema = inferSchema(text);
        columns.add(schema.cols.map(({ name }) => name));
        parser = initParser(schema);
      }
      parser.chunk(text, parser.stringArrs, onData);
    }
    parser.end();
    return columns.rows;
  },
  'csv-parse': async (path) => {
    const { parse } = await peer('csv-parse');
    const columns = new Columns();
    for await (const cells of createReadStream(path).pipe(parse())) columns.add(cells);
    return columns.rows;
  },
  'd3-dsv': async (path) => {
    const { csvParseRows } = await peer('d3-dsv');
    const columns = new Columns();
    csvParseRows(readFileSync(path, 'utf8'), (cells) => {
      columns.add(cells);
    });
    return columns.rows;
  },
  'tfjs-data': async (path) => {
    const { csv } = (await peer('@tensorflow/tfjs-data')).default;
    const columns = new Columns();
    const dataset = csv(`file://${path}`);
    const names = await dataset.columnNames();
    columns.add(names);
    const cells = new Array(names.length);
    await dataset.forEachAsync((row) => {
      names.forEach((name, j) => {
        cells[j] = row[name];
      });
      columns.add(cells);
    });
    return columns.rows;
  },
  duckdb: async (path) => {
    const { DuckDBInstance } = await peer('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const result = await connection.stream(`SELECT * FROM read_csv('${path.replaceAll("'", "''")}')`);
    const columns = new Columns();
    columns.add(result.columnNames());
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      for (const cells of chunk.getRows()) columns.add(cells);
    }
    return columns.rows;
  },
};

/** Python of its own process; its time and memory are what it says itself. */
const pandas = (path) => {
  const script =
    'import resource, sys, pandas\nrows = len(pandas.read_csv(sys.argv[1]))\n' +
    'used = resource.getrusage(resource.RUSAGE_SELF)\n' +
    'print(rows, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)';
  const out = execFileSync(process.env.RECTIFY_BENCH_PYTHON, ['-c', script, path], { encoding: 'utf8' });
  const [rows, peak, cpu] = out.trim().split(' ').map(Number);
  return { rows, peak, cpu };
};

/** Each gives the number of rows, and the table where it is ours. */
export const readers = {
  '@rectify/dataset': async (path) => {
    const { loadTableFile } = await import('../dist/node.js');
    const table = await loadTableFile(path);
    return { rows: table.rowCount, table };
  },
  '@rectify/dataset, openTableFile': async (path) => {
    const { openTableFile } = await import('../dist/node.js');
    const { table } = await openTableFile(path, { label: 'Type' });
    return { rows: table.rowCount, table };
  },
  pandas: async (path) => pandas(path),
  ...Object.fromEntries(
    Object.entries(inNode).map(([name, read]) => [name, async (path) => ({ rows: await read(path) })]),
  ),
};

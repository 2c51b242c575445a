import type { TableSchema } from '../table/schema.js';
import { count, type Records } from './cut-records.js';
import { Decoder, passText } from './decode.js';
import { TableError } from './error.js';
import { type FileFormat, findFormat, headLength } from './find-format.js';
import { checkedLimits, givenFormat, type LoadProgress, type ReadOptions } from './options.js';
import { piecesOf, type TableSource, tooLarge } from './source.js';
import { BrokenText, Tokeniser } from './tokenise.js';

/** What takes the records of a file: its format first. */
export interface RecordSink {
  begin(format: FileFormat): void;
  add(records: Records): void;
  onProgress?(progress: LoadProgress): void;
}

/** Gives the records of the source to `sink`, piece by piece. Records are cells as they stand, the header first. */
export async function readRecords(
  source: TableSource,
  options: ReadOptions,
  schema: TableSchema | undefined,
  sink: RecordSink,
): Promise<void> {
  const limits = checkedLimits(options.limits);
  const given = givenFormat(options, schema);
  let records = 0;
  let read = 0;
  let tokeniser: Tokeniser | undefined;
  let head = '';
  const line = () => tokeniser?.lineAtEnd() ?? 1 + count(head, head.includes('\n') ? '\n' : '\r');
  const decoder = new Decoder(given.encoding, push, line);
  try {
    for await (const { data, total = options.total } of piecesOf(source, options)) {
      read += data.length;
      if (read > limits.size) throw new BrokenText({ reason: tooLarge(limits.size) });
      if (typeof data === 'string') passText(data, push, line);
      else decoder.push(data);
      const progress = { read, ...(total !== undefined && { total }), records };
      sink.onProgress?.(progress);
      options.onProgress?.(progress);
    }
    decoder.end();
    (tokeniser ?? start(true)).end();
  } catch (error) {
    if (!(error instanceof BrokenText)) throw error;
    throw new TableError([error.issue], options.name, { cause: error });
  }

  function push(text: string): void {
    if (tokeniser !== undefined) tokeniser.push(text);
    else {
      head += text;
      if (head.length >= headLength) start(false);
    }
  }

  /** The file's beginning is there: it tells how the rest is read. */
  function start(whole: boolean): Tokeniser {
    const format = findFormat(head, whole, given, schema);
    const utf16 = given.encoding === undefined && decoder.encoding?.startsWith('utf-16');
    const because = 'the text is UTF-16, as its byte order mark says';
    const marked = utf16 ? [{ because, option: 'encoding', about: 'file' as const }] : [];
    sink.begin({ ...format, notes: [...marked, ...format.notes] });
    const { delimiter, comment, skip } = format;
    const rules = { delimiter, comment, maxRecordLength: limits.recordLength, firstLine: skip > 0 ? 2 : 1 };
    tokeniser = new Tokeniser(rules, (some) => {
      records += some.length;
      sink.add(some);
    });
    const rest = head.slice(skip);
    head = '';
    tokeniser.push(rest);
    return tokeniser;
  }
}

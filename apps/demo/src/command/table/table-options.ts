import { type MissingText, type TableSchema, thousandsMarks } from '@rectify/dataset';
import type { OpenFileOptions } from '@rectify/dataset/node';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What the options of a table come to, as Commander gives them. */
export interface TableArguments {
  data?: string | undefined;
  label?: string | undefined;
  target?: string | undefined;
  ignore?: string[] | undefined;
  features?: string[] | undefined;
  group?: string[] | undefined;
  id?: string[] | undefined;
  delimiter?: string | undefined;
  decimal?: ',' | '.' | undefined;
  thousands?: OpenFileOptions['thousands'];
  encoding?: string | undefined;
  missing?: string[] | undefined;
  /** Undefined where the file is to tell. */
  header?: boolean | undefined;
  schema?: string | undefined;
}

const again = (text: string, before: string[] = []): string[] => [...before, text];

/** `COL=TEXT` is of that column, anything else of all features. */
function missingText(text: string): MissingText {
  const at = text.indexOf('=');
  return at > 0 ? { column: text.slice(0, at), text: text.slice(at + 1) } : text;
}

const names: Record<string, string> = { tab: '\t', comma: ',', semicolon: ';', pipe: '|' };

function delimiter(text: string): string {
  const one = names[text] ?? (text === '\\t' ? '\t' : text);
  if (one.length !== 1) throw new InvalidArgumentError(`It must be one character, or ${listed(names)}.`);
  return one;
}

const marks: Record<string, string> = { comma: ',', point: '.', space: ' ', apostrophe: "'" };

function thousands(text: string): (typeof thousandsMarks)[number] {
  const mark = thousandsMarks.find((known) => known === (marks[text] ?? text));
  if (mark === undefined)
    throw new InvalidArgumentError(`It must be one of ${thousandsMarks.join(' ')}, or ${listed(marks)}.`);
  return mark;
}

const listed = (of: Record<string, string>) => Object.keys(of).join(', ');

const fileName = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('It must be the path of a file.');
  return text;
};

/** Adds FILE and all options that say how it is read and what its columns are. */
export const addTableOptions = (command: Command, file: '[file]' | '<file>'): Command =>
  command
    .argument(file, 'a CSV, or a text table with other separators', fileName)
    .option('--label <column>', 'the class to predict')
    .option('--target <column>', 'the number to predict, in place of a class')
    .option(
      '--features <column>',
      'a column to predict from; again for each (default: all that are left)',
      again,
    )
    .option('--ignore <column>', 'a column to leave out; again for each', again)
    .option('--group <column>', 'rows that are equal in it stay together in a split; again for each', again)
    .option('--id <column>', 'a column that only names the rows; again for each', again)
    .option('--delimiter <sign>', 'what separates cells: one sign, or tab, comma, semicolon, pipe', delimiter)
    .addOption(new Option('--decimal <mark>', 'the decimal mark').choices(['.', ',']))
    .option(
      '--thousands <mark>',
      'what groups the digits of numbers: one sign, or comma, point, space, apostrophe',
      thousands,
    )
    .option('--encoding <name>', 'the encoding of the text, such as utf-8, utf-16le, windows-1252')
    .option('--missing <[column=]text>', 'a text that means missing; again for each', again)
    .option('--header', 'the first line names the columns (default: where it does not look like a row)')
    .option('--no-header', 'the first line is a row, not the names of the columns')
    .option('--schema <file>', "the table's schema, as `rectify schema` writes it");

/** What dataset's `openTableFile` takes of it. */
export function openOptions(
  args: TableArguments,
  schema: TableSchema | undefined,
  signal: AbortSignal | undefined,
): OpenFileOptions {
  const { label, target, ignore, features, group, id, encoding, missing, header } = args;
  const given = {
    label,
    target,
    ignore,
    features,
    group,
    id,
    encoding,
    schema,
    signal,
    delimiter: args.delimiter,
    decimal: args.decimal,
    thousands: args.thousands,
    missingTexts: missing?.map(missingText),
    header,
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as OpenFileOptions;
}

import { readFile } from 'node:fs/promises';
import { parseRequest, type Request, requestNames } from '../comparison/request.js';
import type { TrainingArguments } from './design-options.js';
import { reason } from './output.js';
import type { TableArguments } from './table/table-options.js';
import { UsageError } from './usage-error.js';

export interface RequestArguments extends TableArguments, TrainingArguments {
  arms?: string;
  baseline?: string;
  seeds?: number;
  config?: string;
}

/** What is asked for: the file of `--config`, and over it what stands on the command line. */
export async function requestOf(file: string | undefined, args: RequestArguments): Promise<Request> {
  if (file !== undefined && args.data !== undefined && file !== args.data)
    throw new UsageError(`the table is given twice: ${file} and --data ${args.data}`);
  const base = args.config === undefined ? {} : await configFile(args.config);
  const given = Object.fromEntries(
    requestNames
      .filter((name) => name !== 'data')
      .flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
  );
  const data = file ?? args.data;
  return { ...base, ...(data === undefined ? {} : { data }), ...given };
}

async function configFile(path: string): Promise<Request> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : reason(error);
    throw new UsageError(`--config ${path}: ${why}`, { cause: error });
  });
  return parseRequest(text, path);
}

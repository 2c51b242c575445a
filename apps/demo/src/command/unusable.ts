import { UnusableTableError } from '../tutorial/parts.js';

/** What is wrong with a table, with the file that holds it; null for the embedded one. */
export const unusable = (path: string | null, error: Error): UnusableTableError =>
  new UnusableTableError(`${path ?? 'the embedded table'}: ${error.message}`, { cause: error });

import { KerasFormatError, UnreachableError } from './format.js';

/** What a file's content makes fail, by whatever name tfjs or a runtime calls it, is a fault of the file. */
export function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asFormatError(error);
  }
}

export function asFormatError(error: unknown): Error {
  if (error instanceof KerasFormatError || error instanceof UnreachableError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KerasFormatError(`the model cannot be read: ${message}`, { cause: error });
}

/** What a disk or a device said when it did not take what we wrote. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/**
 * A standard stream that may end before the work does.
 *
 * A reader that has gone away (`rectify | head -1` gives EPIPE) is no fault: what would be printed is dropped, and the work goes on,
 * since the report is still wanted. Any other error, of a full disk for instance, is kept for `flushed`.
 */
export class Output {
  readonly stream: NodeJS.WritableStream;
  readonly #name: string;
  readonly #onError: (error: NodeJS.ErrnoException) => void;
  #gone = false;
  #failure: NodeJS.ErrnoException | undefined;

  /** `name` is what a message calls the stream. */
  constructor(stream: NodeJS.WritableStream, name: string) {
    this.stream = stream;
    this.#name = name;
    this.#onError = (error) => {
      if (['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'].includes(error.code ?? ''))
        this.#gone = true;
      else this.#failure ??= error;
    };
    stream.on('error', this.#onError);
  }

  write(text: string): void {
    if (!this.#gone && this.#failure === undefined) this.stream.write(text);
  }

  /**
   * Resolves when all that was written has left this process.
   *
   * @throws OutputError (as a rejection) when some of it could not be written and the reader is still there
   */
  async flushed(): Promise<void> {
    if (!this.#gone && this.#failure === undefined)
      await new Promise<void>((resolve) => this.stream.write('', () => resolve()));
    // The callback of a failed write comes before the event that tells why.
    await new Promise((resolve) => setImmediate(resolve));
    this.stream.off('error', this.#onError);
    // A late error of a stream that is no longer ours to watch must not end the process.
    this.stream.on('error', () => {});
    if (this.#failure) {
      throw new OutputError(`${this.#name} could not be written: ${reason(this.#failure)}`, {
        cause: this.#failure,
      });
    }
  }
}

const reasons: Record<string, string> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the device reports an input/output error',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'a file of that name is in the way',
  ELOOP: 'a link of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

/** A system error in words, where there are words for it. */
export const reason = (error: NodeJS.ErrnoException): string => reasons[error.code ?? ''] ?? error.message;

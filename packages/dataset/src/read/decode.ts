import { BrokenText } from './tokenise.js';

/** Bytes to text, piece by piece; `onText` gets every character before a fault, so that the fault's line can be told. */
export class Decoder {
  readonly #encoding: string;
  readonly #decoder: TextDecoder;
  readonly #onText: (text: string) => void;
  readonly #line: () => number;
  #first = true;

  constructor(encoding: string, onText: (text: string) => void, line: () => number) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
    this.#onText = onText;
    this.#line = line;
  }

  push(bytes: Uint8Array): void {
    if (this.#first && bytes.length > 0) {
      this.#first = false;
      if (
        this.#encoding === 'utf-8' &&
        ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
      ) {
        throw new BrokenText({
          line: 1,
          reason: 'the text is UTF-16: save it as UTF-8, or pass encoding: "utf-16le" or "utf-16be"',
        });
      }
    }
    this.#text(() => this.#decoder.decode(bytes, { stream: true }), bytes);
  }

  end(): void {
    this.#text(() => this.#decoder.decode(), new Uint8Array(0));
  }

  #text(decode: () => string, bytes: Uint8Array): void {
    let text: string;
    try {
      text = decode();
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      const good = this.#goodPrefix(bytes);
      this.#onText(good.text);
      const byte = bytes[good.length];
      const what =
        byte === undefined ? 'a character that is cut off' : `a byte 0x${byte.toString(16).padStart(2, '0')}`;
      throw new BrokenText({
        line: this.#line(),
        reason: `the file holds ${what}, which is not ${this.#encoding} text`,
      });
    }
    passText(text, this.#onText, this.#line);
  }

  /** The longest part of a faulty piece that is text. */
  #goodPrefix(bytes: Uint8Array): { text: string; length: number } {
    let low = 0;
    let high = bytes.length;
    let text = '';
    // Bytes at the front may end a character of the piece before; they cannot be told from a fault, so the piece's start is named.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      try {
        text = new TextDecoder(this.#encoding, { fatal: true }).decode(bytes.subarray(0, middle), {
          stream: true,
        });
        low = middle;
      } catch {
        high = middle - 1; // the fault is before: this is the search itself
      }
    }
    return { text: low === 0 ? '' : text, length: low };
  }
}

/** Text without NULs goes on; a NUL says that this is no text. */
export function passText(text: string, onText: (text: string) => void, line: () => number): void {
  const nul = text.indexOf('\0');
  onText(nul < 0 ? text : text.slice(0, nul));
  if (nul >= 0)
    throw new BrokenText({ line: line(), reason: 'the file holds a NUL character: it is binary, not CSV' });
}

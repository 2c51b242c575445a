import { BrokenText } from './tokenise.js';

/** Bytes to text, piece by piece; `onText` gets every character before a fault, so that the fault's line can be told. */
export class Decoder {
  /** What the bytes are read as: the encoding that was given, else what the byte order mark says, else UTF-8. Known after the first piece. */
  encoding: string | undefined;
  readonly #onText: (text: string) => void;
  readonly #line: () => number;
  readonly #given: boolean;
  #decoder: TextDecoder | undefined;
  /** Bytes that cannot be decoded yet: less than a byte order mark, or the beginning of a character. */
  #held = new Uint8Array(0);

  constructor(encoding: string | undefined, onText: (text: string) => void, line: () => number) {
    this.#given = encoding !== undefined;
    // The decoder's own name of the encoding, since `utf8` and `UTF-8` are the same.
    this.encoding = encoding === undefined ? undefined : new TextDecoder(encoding).encoding;
    this.#onText = onText;
    this.#line = line;
  }

  push(bytes: Uint8Array): void {
    const joined = this.#held.length === 0 ? bytes : joinedBytes(this.#held, bytes);
    this.#held = new Uint8Array(0);
    if (this.#decoder !== undefined) this.#decode(joined, false);
    else if (joined.length < 3) this.#held = joined.slice();
    else this.#start(joined, false);
  }

  end(): void {
    const held = this.#held;
    this.#held = new Uint8Array(0);
    if (this.#decoder === undefined) this.#start(held, true);
    else this.#decode(held, true);
  }

  #start(bytes: Uint8Array, last: boolean): void {
    const [a, b, c] = bytes;
    const utf16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
    this.encoding ??= utf16 ?? 'utf-8';
    const marked = this.encoding === 'utf-8' && a === 0xef && b === 0xbb && c === 0xbf;
    // A mark inside the text is no mark: UTF-8 is decoded in whole characters, and each piece would begin anew.
    this.#decoder = new TextDecoder(this.encoding, { fatal: true, ignoreBOM: this.encoding === 'utf-8' });
    this.#decode(marked ? bytes.subarray(3) : bytes, last);
  }

  #decode(bytes: Uint8Array, last: boolean): void {
    const utf8 = this.encoding === 'utf-8';
    // Whole characters need no state from piece to piece, and without it Node decodes UTF-8 in a third of the time.
    const whole = utf8 && !last ? wholeLength(bytes) : bytes.length;
    this.#held = bytes.slice(whole);
    const piece = bytes.subarray(0, whole);
    let text: string;
    try {
      text = this.#decoder?.decode(piece, { stream: !utf8 && !last }) ?? '';
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw this.#fault(piece);
    }
    passText(text, this.#onText, this.#line);
  }

  #fault(bytes: Uint8Array): BrokenText {
    const { encoding = 'utf-8' } = this;
    const good = goodPrefix(encoding, bytes);
    this.#onText(good.text);
    const byte = bytes[good.length];
    const what =
      byte === undefined ? 'a character that is cut off' : `a byte 0x${byte.toString(16).padStart(2, '0')}`;
    const why = this.#given ? '' : 'no encoding was passed, and ';
    return new BrokenText({
      line: this.#line(),
      reason: `${why}the file holds ${what}, which is not ${encoding} text`,
    });
  }
}

const joinedBytes = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** The length without the beginning of a UTF-8 character that the bytes break off in. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0x80 && byte < 0xc0) continue; // inside a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The longest part of a faulty piece that is text. */
function goodPrefix(encoding: string, bytes: Uint8Array): { text: string; length: number } {
  let low = 0;
  let high = bytes.length;
  let text = '';
  // In other encodings, bytes at the front may end a character of the piece before; they cannot be told from a fault, so the piece's
  // start is named.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1; // the fault is before: this is the search itself
    }
  }
  return { text: low === 0 ? '' : text, length: low };
}

/** Text without NULs goes on; a NUL says that this is no text. */
export function passText(text: string, onText: (text: string) => void, line: () => number): void {
  const nul = text.indexOf('\0');
  onText(nul < 0 ? text : text.slice(0, nul));
  if (nul < 0) return;
  throw new BrokenText({
    line: line(),
    reason: 'the file holds a NUL character: it is binary, not CSV',
  });
}

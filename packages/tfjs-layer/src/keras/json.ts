import { type Json, KerasFormatError } from './format.js';
import type { KerasLimits } from './options.js';

/** JSON of a stranger: its size, depth and number of values are known before it is parsed. */
export function parseJson(bytes: Uint8Array, where: string, limits: Required<KerasLimits>): Json {
  if (bytes.length > limits.jsonBytes)
    throw new KerasFormatError(`${where} has ${bytes.length} bytes; limits.jsonBytes is ${limits.jsonBytes}`);
  assertModest(bytes, where, limits);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch (error) {
    throw new KerasFormatError(`${where} is damaged: ${(error as Error).message}`, { cause: error });
  }
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Counts brackets and commas outside of texts: a parsed value takes up to eight times the bytes that it is written in. */
function assertModest(bytes: Uint8Array, where: string, { depth, jsonBytes }: Required<KerasLimits>): void {
  let open = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (inText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values++;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      values++;
      if (++open > depth) throw tooDeep(where, depth);
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) open--;
  }
  if (values > jsonBytes / 8)
    throw new KerasFormatError(
      `${where} has ${values} values; limits.jsonBytes allows one for every 8 of ${jsonBytes} bytes`,
    );
}

const tooDeep = (where: string, depth: number) =>
  new KerasFormatError(`${where} is nested more deeply than limits.depth, ${depth}`);

/** The same of what is parsed already: no value refers to itself, and none is nested too deeply to be looked through. */
export function assertJsonDepth(value: unknown, where: string, depth: number): void {
  const visit = (value: unknown, left: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (left === 0) throw tooDeep(where, depth);
    for (const part of Array.isArray(value) ? value : Object.values(value)) visit(part, left - 1);
  };
  visit(value, depth);
}

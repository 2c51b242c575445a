import { KerasFormatError, show } from '../format.js';

/** Where the files lie that a `model.json` names. */
export interface Place {
  /**
   * The bytes of a file by its name in the manifest.
   *
   * @param take Told of bytes before they are kept; throws where they are too many.
   * @param signal Ends the reading.
   */
  read(part: string, take: (bytes: number) => void, signal: AbortSignal): Promise<Uint8Array>;
}

/** What reads files of this machine. */
export interface Disk {
  /** The path of a `file:` URL, and any other path as it is. */
  plainPath(path: string): string;
  /** The bytes of a regular file. */
  read(path: string, take: (bytes: number) => void, signal?: AbortSignal): Promise<Uint8Array>;
  /** The folder of a file, and what lies below it, also behind symbolic links. */
  folderOf(path: string): Place;
  /** CRC-32 in machine code, where the runtime has it. */
  readonly crc32?: ((bytes: Uint8Array) => number) | undefined;
}

/**
 * Refuses a name that could lead out of the folder of its `model.json`: `..`, absolute paths, other schemes, and what some systems
 * read as one of these.
 */
export function assertBelow(part: string): void {
  const reasons: [boolean, string][] = [
    [part === '', 'is empty'],
    [/[\p{Cc}\\]/u.test(part), 'has a control character or a backslash'],
    [/^[a-z][a-z0-9+.-]*:/i.test(part), 'is a URL'],
    [part.startsWith('/'), 'begins at the root'],
    [part.split(/[/?#]/).some((name) => /^(\.|%2e){2}$/i.test(name)), 'leads to another folder'],
    [/(^|\/)\.?([?#]|$)/.test(part), 'names a folder'],
    [/%(2f|5c|00)/i.test(part), 'hides a separator'],
  ];
  const found = reasons.find(([holds]) => holds);
  if (found)
    throw new KerasFormatError(
      `the file of weights ${show(part)} ${found[1]}: weights must lie in the folder of their model.json or below (allowOtherHosts: true also takes URLs)`,
    );
}

/** One exported name: whether a comment says what it is, and its signature. */
export interface Exported {
  name: string;
  documented: boolean;
  signature: string;
}

/** A door of a package: an entry of its `exports`, and the source file that it leads to. */
export interface Door {
  package: string;
  folder: string;
  door: string;
  file: string;
}

export function doors(): Door[];
export function exported(): (Door & { names: Exported[] })[];

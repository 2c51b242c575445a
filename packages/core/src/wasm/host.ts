// Programs, and the memories that they run on.
import { instantiate, type KernelExports, type WasmMemory } from './webassembly.js';

/** Which module runs a function, and with what parameters. */
export interface Program {
  code: string;
  /** Up to three. */
  args: readonly number[];
  /** Whether float32 is known to hold its parameters. */
  isFit?: boolean;
  table?: TableKernels;
}

/** A module with float32 kernels that look rows up in the memory's first TABLE_BYTES, in place of f4 or b4 or both. */
export interface TableKernels {
  code: string;
  /** Writes the rows. */
  fill(buffer: ArrayBufferLike, kernels: KernelExports): void;
}

export type ProgramOf<P extends object> = (params: P) => Program;

/** What a memory of ours starts with: room for the tables of tables.ts, in whole pages, so that what is asked for in such stays so. */
export const TABLE_BYTES = 3 * 65536;

/** Kernels over one memory, instantiated as they are asked for. */
export class Host {
  private readonly instances = new Map<string, KernelExports>();

  constructor(
    readonly memory: WasmMemory,
    /** What lies below is the kernels' own: tables, where there is room for them. */
    readonly start = 0,
  ) {}

  kernels(code: string, table?: TableKernels): KernelExports {
    const known = this.instances.get(code);
    if (known) return known;
    let made = instantiate(code, this.memory);
    if (table && this.start > 0) {
      table.fill(this.memory.buffer, made);
      made = { ...made, ...instantiate(table.code, this.memory) };
    }
    this.instances.set(code, made);
    return made;
  }
}

const residents = new WeakMap<ArrayBufferLike, Host>();

/** The host of the memory with that buffer, if it is of a pool. */
export const residentOn = (buffer: ArrayBufferLike): Host | undefined => residents.get(buffer);

/** From now on arrays on that host's memory are worked on where they are. */
export const registerResident = (host: Host): void => {
  residents.set(host.memory.buffer, host);
};

// The little of WebAssembly's JavaScript interface that is used here: neither DOM's types nor Node's are taken for granted.

/** A WebAssembly.Memory. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

type Kernel = (...pointersLengthAndParams: number[]) => void;

/** What each kernel module exports: forward and backward for floats of 4 and of 8 bytes. */
export interface KernelExports {
  f4: Kernel;
  b4: Kernel;
  f8: Kernel;
  b8: Kernel;
}

interface Runtime {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  Memory: new (limits: { initial: number; maximum?: number }) => WasmMemory;
}

const runtime = (): Runtime => {
  const { WebAssembly } = globalThis as { WebAssembly?: Runtime };
  if (!WebAssembly) throw new Error('this runtime has no WebAssembly');
  return WebAssembly;
};

const modules = new Map<string, object>();

/** The module, compiled once. Throws where there is no WebAssembly or SIMD, or the content security policy forbids it. */
function compiled(code: string): object {
  const known = modules.get(code);
  if (known) return known;
  const module = new (runtime().Module)(decode(code));
  modules.set(code, module);
  return module;
}

/** Its kernels over a memory. Compiling and instantiating is synchronous: the modules are small. */
export const instantiate = (code: string, memory: WasmMemory): KernelExports =>
  new (runtime().Instance)(compiled(code), { m: { m: memory } }).exports as KernelExports;

/** A memory of that many bytes, rounded up to whole pages, which never grows: growing would detach every array on it. */
export function createMemory(bytes: number): WasmMemory {
  const pages = Math.max(1, Math.ceil(bytes / 65536));
  return new (runtime().Memory)({ initial: pages, maximum: pages });
}

/** Hexadecimal to bytes. */
const decode = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));

// The little of WebAssembly's JavaScript interface that is used here: neither DOM's types nor Node's are taken for granted.

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface Runtime {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
  Memory: new (limits: { initial: number; maximum: number }) => WasmMemory;
  compile(bytes: Uint8Array): Promise<object>;
}

const runtime = (): Runtime => {
  const { WebAssembly } = globalThis as { WebAssembly?: Runtime };
  if (!WebAssembly) throw new Error('this runtime has no WebAssembly');
  return WebAssembly;
};

const PAGE = 2 ** 16;

/** A memory of at least so many bytes, which never grows. Throws RangeError where there is no room. */
export const createMemory = (bytes: number): WasmMemory => {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return new (runtime().Memory)({ initial: pages, maximum: pages });
};

const bytesOf = (hexadecimal: string): Uint8Array =>
  Uint8Array.from({ length: hexadecimal.length / 2 }, (_, i) =>
    Number.parseInt(hexadecimal.slice(2 * i, 2 * i + 2), 16),
  );

const compiled = new Map<string, object>();

/** Compiles a module in the background, once: a page's main thread may compile only small ones at once. */
export async function compile(code: string): Promise<void> {
  if (!compiled.has(code)) compiled.set(code, await runtime().compile(bytesOf(code)));
}

/** A module's exports over a memory. Throws where there is no WebAssembly or SIMD, or the content security policy forbids it. */
export function instantiate(code: string, memory: WasmMemory): object {
  const { Module, Instance } = runtime();
  const module = compiled.get(code) ?? new Module(bytesOf(code));
  compiled.set(code, module);
  return new Instance(module, { m: { m: memory } }).exports;
}

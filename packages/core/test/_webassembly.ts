// Neither the package's types nor Node's declare WebAssembly.
interface Namespace {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports?: object) => { exports: Record<string, unknown> };
  Memory: new (limits: {
    initial: number;
    maximum?: number;
    shared?: boolean;
  }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  };
  CompileError: new (message: string) => Error;
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: Namespace };

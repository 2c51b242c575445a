import { assemble } from '../src/assemble.js';
import type { Source } from '../src/index.js';
import { elementwiseModule } from '../src/wasm.js';

type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** What runs f (or dy·f′, with dy = 2) of a source over arrays, its parameters bound. */
export function compiled(source: Source, ...params: number[]): (part: 'f' | 'b', x: Floats) => number[] {
  const memory = new WebAssembly.Memory({ initial: 4 });
  const module = new WebAssembly.Module(new Uint8Array(assemble(elementwiseModule(source))));
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  const kernels = exports as Record<string, (...args: number[]) => void>;
  return (part, x) => {
    const kind = x.constructor as Float64ArrayConstructor;
    const view = (i: number): Float64Array => new kind(memory.buffer, 2 ** 16 * i + 8, x.length);
    view(0).set(x);
    view(1).fill(2);
    const used = part === 'b' ? [0, 1, 2] : [0, 2];
    kernels[`${part}${x.BYTES_PER_ELEMENT}`](...used.map((i) => view(i).byteOffset), x.length, ...params);
    return [...view(2)];
  };
}

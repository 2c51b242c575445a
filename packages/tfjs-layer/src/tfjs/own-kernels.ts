// The names of our own kernels in tfjs's registry, which all copies of this package share.
const COPIES = Symbol.for('@rectify/tfjs-layer: copies with kernels');
const shared = globalThis as { [COPIES]?: number };

let suffix: string | undefined;

/** The name under which this copy registers a kernel: a second copy, perhaps of another version, has kernels of its own. */
export function ownKernelName(name: string): string {
  if (suffix === undefined) {
    const copy = (shared[COPIES] ?? 0) + 1;
    shared[COPIES] = copy;
    suffix = copy === 1 ? '' : `_${copy}`;
  }
  return name + suffix;
}

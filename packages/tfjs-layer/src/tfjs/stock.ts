// tfjs's own kernels and gradients, also while ours stand in their place.
//
// tfjs keeps one registry for all copies of its packages. So what takes the place of a kernel carries that kernel with it: whoever
// asks next, this package or another copy of it, finds tfjs's own there and can put it back.
import type { GradConfig, KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

const REPLACED = Symbol.for('@rectify/tfjs-layer: in whose place');

/** What stands in the registry, with what stood there before if it is ours. */
type Entry<Config> = Config & { readonly [REPLACED]?: Config };

const isOurs = (entry: object): boolean => REPLACED in entry;
const ownOf = <Config extends object>(entry: Entry<Config>): Config => entry[REPLACED] ?? entry;

/** tfjs's kernel, whether ours stands in its place or not. */
export function stockKernel(kernelName: string, backendName: string): KernelFunc {
  const entry: Entry<KernelConfig> | undefined = tfc.getKernel(kernelName, backendName);
  if (!entry) throw new Error(`tfjs's ${backendName} backend has no kernel ${kernelName}`);
  return ownOf(entry).kernelFunc;
}

/** tfjs's gradient, likewise. */
export function stockGradient(kernelName: string): GradConfig {
  const entry: Entry<GradConfig> | undefined = tfc.getGradient(kernelName);
  if (!entry) throw new Error(`tfjs has no gradient of ${kernelName}`);
  return ownOf(entry);
}

function putKernel(entry: KernelConfig): void {
  tfc.unregisterKernel(entry.kernelName, entry.backendName);
  tfc.registerKernel(entry);
}

function putGradient(entry: GradConfig): void {
  tfc.unregisterGradient(entry.kernelName);
  tfc.registerGradient(entry);
}

/** Puts a kernel in the place of tfjs's; false where tfjs has none. */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  make: (stock: KernelFunc) => KernelFunc,
): boolean {
  const entry: Entry<KernelConfig> | undefined = tfc.getKernel(kernelName, backendName);
  if (!entry) return false;
  const stock = ownOf(entry);
  const ours: Entry<KernelConfig> = { ...stock, kernelFunc: make(stock.kernelFunc), [REPLACED]: stock };
  putKernel(ours);
  return true;
}

/** Puts a gradient in the place of tfjs's; false where tfjs has none. */
export function replaceGradient(kernelName: string, make: (stock: GradConfig) => GradConfig): boolean {
  const entry: Entry<GradConfig> | undefined = tfc.getGradient(kernelName);
  if (!entry) return false;
  const stock = ownOf(entry);
  const ours: Entry<GradConfig> = { ...make(stock), [REPLACED]: stock };
  putGradient(ours);
  return true;
}

/** Puts all of tfjs's kernels of these backends back, and its gradients of these kernels. */
export function restore(backendNames: readonly string[], gradients: readonly string[]): void {
  for (const entry of backendNames.flatMap(tfc.getKernelsForBackend))
    if (isOurs(entry)) putKernel(ownOf(entry));
  for (const entry of gradients.map(tfc.getGradient)) if (entry && isOurs(entry)) putGradient(ownOf(entry));
}

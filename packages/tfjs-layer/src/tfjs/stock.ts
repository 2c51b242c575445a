// tfjs's own kernels and gradients, also while ours stand in their place.
import type { GradConfig, KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

const kernels = new Map<string, KernelConfig>();
const gradients = new Map<string, GradConfig>();

/** tfjs's kernel, whether ours stands in its place or not. */
export function stockKernel(kernelName: string, backendName: string): KernelFunc {
  const config = kernels.get(`${backendName} ${kernelName}`) ?? tfc.getKernel(kernelName, backendName);
  if (!config) throw new Error(`tfjs's ${backendName} backend has no kernel ${kernelName}`);
  return config.kernelFunc;
}

/** tfjs's gradient, likewise. */
export function stockGradient(kernelName: string): GradConfig {
  const config = gradients.get(kernelName) ?? tfc.getGradient(kernelName);
  if (!config) throw new Error(`tfjs has no gradient of ${kernelName}`);
  return config;
}

/** Puts a kernel in the place of tfjs's; false where tfjs has none. */
export function replaceKernel(
  kernelName: string,
  backendName: string,
  make: (stock: KernelFunc) => KernelFunc,
): boolean {
  const stock = tfc.getKernel(kernelName, backendName);
  if (!stock) return false;
  kernels.set(`${backendName} ${kernelName}`, stock);
  tfc.unregisterKernel(kernelName, backendName);
  tfc.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) });
  return true;
}

/** Puts a gradient in the place of tfjs's; false where tfjs has none. */
export function replaceGradient(kernelName: string, make: (stock: GradConfig) => GradConfig): boolean {
  const stock = tfc.getGradient(kernelName);
  if (!stock) return false;
  gradients.set(kernelName, stock);
  tfc.unregisterGradient(kernelName);
  tfc.registerGradient(make(stock));
  return true;
}

/** Puts all of tfjs's back. */
export function restoreAll(): void {
  for (const stock of kernels.values()) {
    tfc.unregisterKernel(stock.kernelName, stock.backendName);
    tfc.registerKernel(stock);
  }
  kernels.clear();
  for (const stock of gradients.values()) {
    tfc.unregisterGradient(stock.kernelName);
    tfc.registerGradient(stock);
  }
  gradients.clear();
}

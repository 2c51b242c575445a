// The primitives that a problem asks for. The smooth activations, and all of JS, are loaded only where they are needed: they are two
// fifths of the package.
import type { Problem } from '../plan/problem.js';
import { activations, moduleCode } from '../primitives/wasm/generated.js';
import { wasmPrimitives } from '../primitives/wasm/primitives.js';
import { compile } from '../primitives/wasm/runtime.js';
import { createMachine, type Machine } from './machine.js';

export async function machineOnDemand(problem: Problem): Promise<Machine> {
  if (problem.runner !== 'js')
    try {
      const codes = await codesFor(problem);
      await Promise.all(codes.map(compile));
      return createMachine(problem, (bytes) => wasmPrimitives(codes, bytes));
    } catch (error) {
      if (!canFallBack(problem, error)) throw error;
    }
  const { jsPrimitives } = await import('../primitives/js/primitives.js');
  return createMachine(problem, jsPrimitives);
}

async function codesFor({ arms }: Problem): Promise<string[]> {
  const kernels = arms.flatMap(({ hidden }) => hidden.map(({ program }) => program.kernel));
  if (kernels.every((kernel) => activations.includes(kernel))) return [moduleCode];
  const { smoothCode } = await import('../primitives/wasm/generated-smooth.js');
  return [moduleCode, smoothCode];
}

/**
 * Whether JS may do instead what WebAssembly did not: there is none, no SIMD, or a policy against it. Where memory is short (RangeError)
 * JS would lack it too.
 */
export const canFallBack = ({ runner }: Problem, error: unknown): boolean =>
  runner === 'auto' && !(error instanceof RangeError);

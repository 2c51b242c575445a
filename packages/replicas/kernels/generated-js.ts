// The text of src/primitives/js/generated.ts: the kernels in JavaScript.
import { jsElementwise, jsPrelude, jsScalar } from '@rectify/lanes/js';
import { activations, scalars } from './sources.js';

export function generated(): string {
  return `// Generated from kernels/ by scripts/kernels.mjs; do not edit.
${jsPrelude}
${Object.entries(scalars)
  .map(([name, f]) => jsScalar(name, f))
  .join('\n\n')}

/** Every activation over n elements of an array, from one index to another: a[i] = f(z[i]), z[i] = f′(z[i]). */
export type JsElementwise = (
  f: Float32Array,
  z: number,
  a: number,
  n: number,
  p0: number,
  p1: number,
  p2: number,
) => void;

export const elementwise: Readonly<Record<string, JsElementwise>> = {
  ${Object.entries(activations)
    .map(([name, source]) => jsElementwise(name, source))
    .join(',\n')}
};
`;
}

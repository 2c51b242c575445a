// The text of src/primitives/js/generated.ts: the kernels in JavaScript.
import { jsElementwise, jsPrelude, jsScalar } from '@rectify/lanes/js';
import { activations, scalars } from './sources.js';

function activationText(name: string): string {
  const source = activations[name];
  return `${name}: {
    ${jsElementwise('forward', source, 'f')},
    ${jsElementwise('backward', source, 'derivative')},
  },`;
}

export function generated(): string {
  return `// Generated from kernels/ by scripts/kernels.mjs; do not edit.
${jsPrelude}
${Object.entries(scalars)
  .map(([name, f]) => jsScalar(name, f))
  .join('\n\n')}

/** Every activation over n elements of an array, from one index to another; dx[i] = dy[i]·f′(x[i]). */
export interface JsElementwise {
  forward(f: Float32Array, x: number, y: number, n: number, p0: number, p1: number, p2: number): void;
  backward(f: Float32Array, x: number, dy: number, dx: number, n: number, p0: number, p1: number, p2: number): void;
}

export const elementwise: Readonly<Record<string, JsElementwise>> = {
  ${Object.keys(activations).map(activationText).join('\n')}
};
`;
}

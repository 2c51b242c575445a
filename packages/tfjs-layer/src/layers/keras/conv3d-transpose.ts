import type { Tensor, Tensor5D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type Layer, oneTensor, stockClass } from '../../tfjs/classes.js';

type Args = Parameters<typeof layers.conv3dTranspose>[0];
type Triple = [number, number, number];

/** What tfjs's layer keeps, of which its public types show nothing. */
interface Stock extends Layer {
  readonly strides: Triple;
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
  readonly activation: { apply(x: Tensor): Tensor } | null;
  readonly kernel: LayerVariable;
  readonly bias: LayerVariable | null;
}
const StockConv3DTranspose = stockClass('Conv3DTranspose') as { new (args: Args): Stock };

/** tfjs's, but on its `wasm` backend, whose kernel of it reads beyond its arrays and gives other numbers. */
export class Conv3DTranspose extends StockConv3DTranspose {
  static readonly className = 'RectifyConv3DTranspose';

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    if (tfc.getBackend() !== 'wasm') return super.call(inputs, kwargs) as Tensor;
    return tfc.tidy(() => {
      const given = tfc.cast(oneTensor(this, inputs), 'float32');
      const first = this.dataFormat === 'channelsFirst';
      const x = (first ? tfc.transpose(given, [0, 2, 3, 4, 1]) : given) as Tensor5D;
      const product = transposed(x, this.kernel.read() as Tensor5D, this.strides, this.padding);
      const shifted = this.bias ? tfc.add(product, this.bias.read()) : product;
      const y = this.activation ? this.activation.apply(shifted) : shifted;
      return first ? tfc.transpose(y, [0, 4, 1, 2, 3]) : y;
    });
  }

  /** Saved as tfjs's own, so that tfjs alone can load it. */
  override getClassName(): string {
    return 'Conv3DTranspose';
  }
}

/**
 * The transpose of a convolution as a convolution: of `x` `[batch, …, in]` with zeros between its numbers, by the kernel
 * `[…, out, in]` read backwards. It has no gradient, as tfjs has none on any backend.
 */
const transposed = (x: Tensor5D, kernel: Tensor5D, strides: Triple, padding: 'same' | 'valid'): Tensor =>
  tfc.customGrad((...[x, kernel]) => ({
    value: spread(x as Tensor5D, kernel as Tensor5D, strides, padding),
    gradFunc: () => {
      throw new Error('tfjs has no gradient of a Conv3DTranspose, so that it cannot be trained');
    },
  }))(x, kernel);

function spread(x: Tensor5D, kernel: Tensor5D, strides: Triple, padding: 'same' | 'valid'): Tensor {
  let apart: Tensor = x;
  const around: [number, number][] = [[0, 0]];
  for (const [i, stride] of strides.entries()) {
    const size = kernel.shape[i] as number;
    const rest = Math.max(size - stride, 0);
    const front = padding === 'same' ? Math.floor(rest / 2) : 0;
    const length = (x.shape[i + 1] as number) * stride + (padding === 'same' ? 0 : rest);
    apart = withZeros(apart, i + 1, stride);
    around.push([size - 1 - front, length - (apart.shape[i + 1] as number) + front]);
  }
  const padded = tfc.pad(apart, [...around, [0, 0]]) as Tensor5D;
  const backwards = tfc.transpose(tfc.reverse(kernel, [0, 1, 2]), [0, 1, 2, 4, 3]);
  return tfc.conv3d(padded, backwards, 1, 'valid');
}

/** Zeros between the numbers along an axis: `[…, n, …]` → `[…, (n − 1) · step + 1, …]`. */
function withZeros(x: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return x;
  const [before, n, after] = [x.shape.slice(0, axis), x.shape[axis] as number, x.shape.slice(axis + 1)];
  const inner = after.reduce((a, b) => a * b, 1);
  const wide = tfc.pad(tfc.reshape(x, [-1, 1, inner]), [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  const all = tfc.reshape(wide, [...before, n * step, ...after]);
  const sizes = all.shape.map((size, i) => (i === axis ? size - step + 1 : size));
  return tfc.slice(
    all,
    sizes.map(() => 0),
    sizes,
  );
}

import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { InputSpec, type LayerVariable } from '@tensorflow/tfjs-layers';
import { Dense, type DenseArgs, oneShape, oneTensor, type Shape } from '../../tfjs/classes.js';
import { type Equation, einsum, parseEinsum, sizesOf } from './einsum.js';

export type EinsumDenseArgs = Omit<DenseArgs, 'units'> & {
  /** Under the key "name" tfjs leaves a string alone when it saves. */
  equation: { name: string };
  outputShape: number | Shape;
  biasAxes?: string | null;
};

interface Constrained {
  kernelRegularizer: never;
  biasRegularizer: never;
  kernelConstraint: never;
  biasConstraint: never;
}

/** A product of the input and a kernel along any axes, `abc,cd->abd`, with a bias along some of the output's; tfjs lacks it. */
export class EinsumDense extends Dense {
  static readonly className = 'RectifyEinsumDense';
  private readonly text: string;
  private readonly given: Shape;
  private readonly biasAxes: string;
  private equation: Equation | undefined;

  constructor({ equation, outputShape, biasAxes, ...args }: EinsumDenseArgs) {
    super({ ...args, units: 1, useBias: biasAxes != null });
    this.text = equation.name;
    this.given = [outputShape].flat();
    this.biasAxes = biasAxes ?? '';
    this.inputSpec = [];
  }

  /** The sizes of all letters, as far as they are known. */
  private sizes(inputShape: Shape): { equation: Equation; sizes: Map<string, number | null> } {
    const equation = parseEinsum(this.text, inputShape.length);
    const sizes = sizesOf(equation.left, inputShape);
    // The output's own shape is told without the batch, and without what `...` stands for.
    const dots = this.text.includes('...') ? inputShape.length - (this.text.indexOf(',') - 3) : 0;
    const isLeft = this.text.startsWith('...');
    const told = isLeft
      ? equation.output.slice(Math.max(dots, 1))
      : equation.output.slice(1, equation.output.length - dots);
    for (const [i, letter] of [...told].entries()) {
      const size = this.given[i] ?? null;
      if (size !== null || !sizes.has(letter)) sizes.set(letter, sizes.get(letter) ?? size);
    }
    return { equation, sizes };
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const { equation, sizes } = this.sizes(shape);
    this.equation = equation;
    const { kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint } =
      this as unknown as Constrained;
    const kernel = [...equation.right].map((letter) => this.known(letter, sizes));
    this.kernel = this.addWeight(
      'kernel',
      kernel,
      'float32',
      this.kernelInitializer,
      kernelRegularizer,
      true,
      kernelConstraint,
    );
    if (this.useBias)
      this.bias = this.addWeight(
        'bias',
        this.biasShape(equation, sizes),
        'float32',
        this.biasInitializer,
        biasRegularizer,
        true,
        biasConstraint,
      );
    this.inputSpec = [new InputSpec({ ndim: shape.length })];
    this.built = true;
  }

  /** 1 along each axis that the bias lacks, from its first axis on. */
  private biasShape({ output }: Equation, sizes: Map<string, number | null>): number[] {
    const first = Math.min(...[...this.biasAxes].map((letter) => output.indexOf(letter)));
    return [...output]
      .slice(first)
      .map((letter) => (this.biasAxes.includes(letter) ? this.known(letter, sizes) : 1));
  }

  private known(letter: string, sizes: Map<string, number | null>): number {
    const size = sizes.get(letter) ?? null;
    if (size === null)
      throw new RangeError(`${this.name} needs to know the size of axis ${letter} of ${this.text}`);
    return size;
  }

  /** The axes of input, kernel and output, once the layer is built. */
  get axes(): Equation | undefined {
    return this.equation;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = tfc.cast(oneTensor(this, inputs), 'float32');
      const y = einsum(this.equation as Equation, x, (this.kernel as LayerVariable).read());
      return this.activation.apply(this.bias ? tfc.add(y, this.bias.read()) : y);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { equation, sizes } = this.sizes(oneShape(inputShape));
    return [...equation.output].map((letter) => sizes.get(letter) ?? null);
  }

  override getConfig(): serialization.ConfigDict {
    const { units, useBias, ...config } = super.getConfig();
    const equation = { name: this.text };
    return { ...config, equation, outputShape: this.given, biasAxes: this.biasAxes || null };
  }
}

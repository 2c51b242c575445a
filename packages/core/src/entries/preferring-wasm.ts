// Made from functions/ by `pnpm run docs`; do not edit.
// The functions of the default entry: JS scalars, arrays on WASM where the runtime has it.
import * as define from '../functions/index.js';
import { onWasmOrJs } from '../wasm/accelerate.js';
import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from '../wasm/prelu.js';
import * as programs from '../wasm/programs.js';
import { rreluTrainingOnWasm } from '../wasm/rrelu.js';

// Over vectors arrays run on JS in every entry: those functions, and the types, are there as they are.
export * from '../functions/index.js';

/**
 * Continuously differentiable exponential linear unit.
 *
 *     f(x) = x                             for x > 0
 *            alpha·(exp(x/alpha) − 1)      for x ≤ 0
 *
 * Throws RangeError for an alpha that is not positive and finite (frameworks give NaN or a negative slope there).
 *
 * Source: Barron, "Continuously Differentiable Exponential Linear Units", 2017.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const celu = /* @__PURE__ */ onWasmOrJs(define.celu, programs.celu);

/**
 * Exponential linear unit.
 *
 *     f(x) = x                     for x > 0
 *            alpha·(exp(x) − 1)    for x ≤ 0
 *
 * The derivative at 0 is alpha, as in PyTorch. Near 0, expm1 keeps the digits that exp(x) − 1 loses.
 *
 * Throws RangeError for an alpha that is negative or not finite.
 *
 * Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", 2016.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const elu = /* @__PURE__ */ onWasmOrJs(define.elu, programs.elu);

/**
 * Exponential function.
 *
 *     f(x) = f′(x) = exp(x)
 *
 * Source: Keras `exponential`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const exponential = /* @__PURE__ */ onWasmOrJs(define.exponential, programs.exponential);

/**
 * Gaussian error linear unit.
 *
 *     f(x) = x·Φ(x) = x/2·(1 + erf(x/√2))                          approximate: 'none'
 *            x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))              approximate: 'tanh'
 *
 * f(−∞) is 0. Keras, PyTorch and ONNX default to the exact form as we do; Keras's booleans true and false are taken as
 * 'tanh' and 'none' by `activation`.
 *
 * Throws TypeError or RangeError for another value of `approximate`.
 *
 * Source: Hendrycks, Gimpel, "Gaussian Error Linear Units (GELUs)", 2016.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const gelu = /* @__PURE__ */ onWasmOrJs(define.gelu, programs.gelu);

/**
 * Passes what is far from 0, and gives 0 for what is near.
 *
 *     f(x) = x    for x > lambda or x < −lambda
 *            0    otherwise
 *
 * The derivative at ±lambda is 0. NaN gives NaN.
 *
 * Throws RangeError for a lambda that is negative or not finite.
 *
 * Source: PyTorch `Hardshrink`, Keras `hard_shrink` (there `threshold`), ONNX `Shrink` with bias 0.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const hardShrink = /* @__PURE__ */ onWasmOrJs(define.hardShrink, programs.hardShrink);

/**
 * Straight line limited to 0…1.
 *
 *     f(x) = min(max(slope·x + offset, 0), 1)
 *
 * With the default slope 1/6 and offset 1/2, those of Keras 3 and PyTorch, it is evaluated as they do: relu6(x + 3)/6.
 * ONNX, Keras 2 and tfjs take slope 0.2. The derivative is the slope where 0 < slope·x + offset < 1 exactly (unless slope·x is
 * subnormal), else 0.
 *
 * Throws RangeError for a slope that is not positive, or an offset that is not finite.
 *
 * Source: Courbariaux, Bengio, David, "BinaryConnect", 2015; PyTorch `Hardsigmoid`, ONNX `HardSigmoid`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const hardSigmoid = /* @__PURE__ */ onWasmOrJs(define.hardSigmoid, programs.hardSigmoid);

/**
 * Silu with the hard sigmoid in place of the sigmoid; also known as hard swish.
 *
 *     f(x) = 0              for x ≤ −3
 *            x·(x + 3)/6    for −3 < x < 3
 *            x              for x ≥ 3
 *
 * The derivative is 0 at −3 and 1 at 3, as outside.
 *
 * Source: Howard et al., "Searching for MobileNetV3", 2019; PyTorch `Hardswish`, Keras `hard_silu`, ONNX `HardSwish`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const hardSilu = /* @__PURE__ */ onWasmOrJs(define.hardSilu, programs.hardSilu);

/**
 * Identity limited to an interval.
 *
 *     f(x) = min(max(x, minValue), maxValue)
 *
 * The derivative at both limits is 0, as in PyTorch. NaN gives NaN.
 *
 * Throws RangeError unless minValue < maxValue, both finite.
 *
 * Source: Collobert, "Large Scale Machine Learning", 2004; PyTorch `Hardtanh`, Keras `hard_tanh`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const hardTanh = /* @__PURE__ */ onWasmOrJs(define.hardTanh, programs.hardTanh);

/**
 * The Laplace function of MEGA: a normal distribution function that was fitted to the squared ReLU.
 *
 *     f(x) = Φ(z) = (1 + erf(z/√2))/2,  z = (x − mu)/sigma
 *     f′(x) = φ(z)/sigma = exp(−z²/2)/(√(2π)·sigma)
 *
 * The defaults are transformers': the paper's √(1/2) and √(1/(4π)) to six decimals.
 *
 * Throws RangeError for a mu that is not finite, or a sigma outside of its range.
 *
 * Source: Ma et al., "Mega: Moving Average Equipped Gated Attention", 2022; transformers `laplace`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const laplace = /* @__PURE__ */ onWasmOrJs(define.laplace, programs.laplace);

/**
 * Leaky rectified linear unit: passes what is positive, scales what is negative.
 *
 *     f(x) = x                  for x ≥ 0
 *            negativeSlope·x    for x < 0
 *
 * The branch is chosen by x, not by max, so slopes above 1 and below 0 are right. NaN gives NaN and −0 stays −0. A slope of 0
 * is relu itself: 0 at −∞ too. The derivative at 0 is the slope, as in PyTorch, tfjs and Keras on torch (Keras on JAX takes 1).
 * The default slope 0.01 is that of the paper, PyTorch, ONNX and JAX; the Keras and tfjs layers default to 0.3,
 * `tf.leakyRelu` to 0.2.
 *
 * Throws TypeError for an unknown parameter or a slope that is no number, RangeError for one that is not finite.
 *
 * Source: Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const leakyRelu = /* @__PURE__ */ onWasmOrJs(define.leakyRelu, programs.leakyRelu);

/**
 * Identity.
 *
 *     f(x) = x,  f′(x) = 1 (NaN at NaN)
 *
 * Source: Keras `linear`, PyTorch `Identity`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const linear = /* @__PURE__ */ onWasmOrJs(define.linear, programs.linear);

/**
 * Linearly scaled hyperbolic tangent.
 *
 *     f(x) = x·tanh x,  f′(x) = tanh x + x/cosh² x
 *
 * f(±∞) is ∞: an even function, near to |x| but smooth.
 *
 * Source: Roy, Manna, Dubey, Chaudhuri, "LiSHT: Non-Parametric Linearly Scaled Hyperbolic Tangent Activation Function for Neural
 * Networks", 2019; TensorFlow Addons `lisht`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const lisht = /* @__PURE__ */ onWasmOrJs(define.lisht, programs.lisht);

/**
 * Logarithm of the logistic sigmoid.
 *
 *     f(x) = log σ(x) = min(x, 0) − log1p(exp(−|x|)),  f′(x) = σ(−x)
 *
 * Source: PyTorch `LogSigmoid`, Keras `log_sigmoid`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const logSigmoid = /* @__PURE__ */ onWasmOrJs(define.logSigmoid, programs.logSigmoid);

/**
 * Self-regularised smooth ReLU.
 *
 *     f(x) = x·tanh(softplus(x)) = x·(e² + 2e)/(e² + 2e + 2),  e = exp(x)
 *
 * The rational form needs no logarithm and does not overflow. f(−∞) is 0.
 *
 * Source: Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const mish = /* @__PURE__ */ onWasmOrJs(define.mish, programs.mish);

/**
 * Parametric rectified linear unit with one slope; `preluPerChannel` has one for each channel.
 *
 *     f(x) = x                  for x ≥ 0
 *            negativeSlope·x    for x < 0
 *
 * As `leakyRelu`, derivative at 0 and all (Keras on torch takes 0 there); `preluSlopeGradient` is the gradient for the slope.
 *
 * Source: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const prelu = /* @__PURE__ */ onWasmOrJs(define.prelu, programs.prelu);

/**
 * Approximation of GELU by the sigmoid: `silu` with a beta of 1.702.
 *
 *     f(x) = x·σ(1.702·x)
 *
 * f(−∞) is 0.
 *
 * Source: Hendrycks, Gimpel, "Gaussian Error Linear Units (GELUs)", 2016; transformers `quick_gelu`, the activation of CLIP.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const quickGelu = /* @__PURE__ */ onWasmOrJs(define.quickGelu, programs.quickGelu);

/**
 * Rectified linear unit: passes what is positive, with the three parameters that Keras gives it.
 *
 *     f(x) = min(x, maxValue)                 for x > threshold
 *            negativeSlope·(x − threshold)    for x ≤ threshold
 *
 * f is 0 at x = threshold, as Keras computes it (its documentation says otherwise). The derivative is negativeSlope at the
 * threshold and 0 at maxValue, as in PyTorch's relu and relu6. NaN gives NaN; with threshold 0, −0 stays −0.
 *
 * Throws TypeError for an unknown parameter or a wrong kind, RangeError for a value outside the ranges above.
 *
 * Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", 2010; Keras `ReLU`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const relu = /* @__PURE__ */ onWasmOrJs(define.relu, programs.relu);

/**
 * ReLU limited to 6.
 *
 *     f(x) = min(max(x, 0), 6)
 *
 * The derivative at 0 and at 6 is 0, as in PyTorch (tfjs takes 1 at 6). NaN gives NaN; −0 stays −0.
 *
 * Source: Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010; PyTorch `ReLU6`, Keras `relu6`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const relu6 = /* @__PURE__ */ onWasmOrJs(define.relu6, programs.relu6);

/**
 * Squared rectified linear unit.
 *
 *     f(x) = x²    for x > 0
 *            0     for x ≤ 0
 *
 * The derivative is 2x above 0, and 0 at 0.
 *
 * Source: So et al., "Primer: Searching for Efficient Transformers for Language Modeling", 2021; transformers `relu2`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const reluSquared = /* @__PURE__ */ onWasmOrJs(define.reluSquared, programs.reluSquared);

/**
 * Randomised leaky ReLU in evaluation: the leaky ReLU of the mean slope, 11/48 by default.
 *
 *     f(x) = x                        for x ≥ 0
 *            (lower + upper)/2·x      for x < 0
 *
 * `rreluTraining` has the random slopes. The derivative at 0 is the slope. Throws RangeError unless lower ≤ upper, both finite.
 *
 * Source: Xu, Wang, Chen, Li, "Empirical Evaluation of Rectified Activations in Convolution Network", 2015; PyTorch `RReLU`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const rrelu = /* @__PURE__ */ onWasmOrJs(define.rrelu, programs.rrelu);

/**
 * Scaled exponential linear unit, which keeps activations near mean 0 and variance 1.
 *
 *     f(x) = λ·x                  for x > 0,    λ = 1.0507009873554805
 *            λα·(exp(x) − 1)      for x ≤ 0,    α = 1.6732632423543772
 *
 * The derivative at 0 is λα, as in PyTorch.
 *
 * Source: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks", 2017.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const selu = /* @__PURE__ */ onWasmOrJs(define.selu, programs.selu);

/**
 * Logistic sigmoid.
 *
 *     f(x) = σ(x) = 1/(1 + exp(−x)),  f′(x) = σ(x)·σ(−x)
 *
 * Both keep their digits in the tails: f(−50) = 1.9e-22 is exact to the last bits, and so is f′(50).
 *
 * Source: Keras and PyTorch `sigmoid`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const sigmoid = /* @__PURE__ */ onWasmOrJs(define.sigmoid, programs.sigmoid);

/**
 * Sigmoid linear unit, with β also known as swish.
 *
 *     f(x) = x·σ(beta·x) = x/(1 + exp(−beta·x))
 *
 * f(−∞) is 0 for beta > 0.
 *
 * Throws RangeError for a beta that is not positive and finite.
 *
 * Source: Elfwing, Uchibe, Doya, "Sigmoid-Weighted Linear Units", 2017; Ramachandran, Zoph, Le, "Searching for Activation
 * Functions", 2017.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const silu = /* @__PURE__ */ onWasmOrJs(define.silu, programs.silu);

/**
 * A line with a wave, for what repeats itself, as sound does.
 *
 *     f(x) = x + sin²(alpha·x)/alpha,  f′(x) = 1 + sin(2·alpha·x)
 *
 * From |alpha·x| = 2⁵⁰ on neighbouring numbers are so far apart that they say nothing about where in the wave they are: the sine
 * counts there by its means, sin² as 1/2 and sin as 0.
 *
 * Throws RangeError for an alpha that is not positive and finite.
 *
 * Source: Ziyin, Hartwig, Ueda, "Neural Networks Fail to Learn Periodic Functions and How to Fix It", 2020; BigVGAN, DAC.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const snake = /* @__PURE__ */ onWasmOrJs(define.snake, programs.snake);

/**
 * Moves every input towards 0 by lambda, and gives 0 for what is nearer than that.
 *
 *     f(x) = x − lambda    for x > lambda
 *            x + lambda    for x < −lambda
 *            0             otherwise
 *
 * The derivative at ±lambda is 0. NaN gives NaN.
 *
 * Throws RangeError for a lambda that is negative or not finite.
 *
 * Source: PyTorch `Softshrink`, Keras `soft_shrink` (there `threshold`), ONNX `Shrink` with bias = lambda.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const softShrink = /* @__PURE__ */ onWasmOrJs(define.softShrink, programs.softShrink);

/**
 * Soft cap of logits: the identity near 0, bent to stay between −cap and cap.
 *
 *     f(x) = cap·tanh(x/cap),  f′(x) = 1/cosh²(x/cap)
 *
 * Throws RangeError for a cap that is not positive and finite.
 *
 * Source: Bello et al., "Neural Combinatorial Optimization with Reinforcement Learning", 2016; Gemma Team, "Gemma 2", 2024.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const softcap = /* @__PURE__ */ onWasmOrJs(define.softcap, programs.softcap);

/**
 * Softplus, the smooth ReLU.
 *
 *     f(x) = log(1 + exp(beta·x))/beta    for beta·x ≤ threshold
 *            x                            above
 *
 * Evaluated as max(z, 0) + log1p(exp(−|z|)), it neither overflows nor loses the digits of small values, so the threshold is
 * there only for those who must equal PyTorch: it makes f jump by 2e-9 at 20. f′(x) = σ(beta·x), or 1 above it.
 *
 * Throws RangeError for a beta that is not positive and finite, or a threshold that is not finite.
 *
 * Source: Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing", 2000; PyTorch `Softplus`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const softplus = /* @__PURE__ */ onWasmOrJs(define.softplus, programs.softplus);

/**
 * Softsign.
 *
 *     f(x) = x/(1 + |x|),  f′(x) = 1/(1 + |x|)²
 *
 * f(±∞) is ±1.
 *
 * Source: Bergstra, Desjardins, Lamblin, Bengio, "Quadratic Polynomials Learn Better Image Features", 2009.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const softsign = /* @__PURE__ */ onWasmOrJs(define.softsign, programs.softsign);

/**
 * Softplus that is 0 and x outside of −1…1, a parabola within.
 *
 *     f(x) = 0              for x ≤ −1
 *            (x + 1)²/4     for −1 < x < 1
 *            x              for x ≥ 1
 *
 * Source: Keras and JAX `sparse_plus`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const sparsePlus = /* @__PURE__ */ onWasmOrJs(define.sparsePlus, programs.sparsePlus);

/**
 * Sigmoid that is 0 and 1 outside of −1…1, a straight line within.
 *
 *     f(x) = min(max((x + 1)/2, 0), 1)
 *
 * The derivative at ±1 is 0. NaN gives NaN.
 *
 * Source: Martins, Astudillo, "From Softmax to Sparsemax", 2016; Keras `sparse_sigmoid`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const sparseSigmoid = /* @__PURE__ */ onWasmOrJs(define.sparseSigmoid, programs.sparseSigmoid);

/**
 * Squareplus, an algebraic softplus.
 *
 *     f(x) = (x + √(x² + b))/2
 *
 * For x < 0 it is evaluated as b/(2·(√(x² + b) − x)), which does not cancel. f′(x) = f(x)/√(x² + b).
 *
 * Throws RangeError for a b that is negative or not finite.
 *
 * Source: Barron, "Squareplus: A Softplus-Like Algebraic Rectifier", 2021; Keras `squareplus`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const squareplus = /* @__PURE__ */ onWasmOrJs(define.squareplus, programs.squareplus);

/**
 * Unit step: 1 for what is positive, alpha for all else.
 *
 *     f(x) = 1        for x > 0
 *            alpha    for x ≤ 0
 *
 * The derivative is 0 everywhere. NaN gives NaN. `step({ alpha: slope })` of a leaky ReLU's output is its derivative.
 *
 * Source: tfjs `tf.step`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const step = /* @__PURE__ */ onWasmOrJs(define.step, programs.step);

/**
 * Hyperbolic tangent.
 *
 *     f(x) = tanh x,  f′(x) = 1/cosh² x
 *
 * The derivative keeps its digits where 1 − tanh² x has none left.
 *
 * Source: Keras and PyTorch `tanh`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const tanh = /* @__PURE__ */ onWasmOrJs(define.tanh, programs.tanh);

/**
 * What tanh takes away.
 *
 *     f(x) = x − tanh x,  f′(x) = tanh² x
 *
 * Near 0, where the difference would cancel, a polynomial gives x³/3 − 2x⁵/15 + … to full precision.
 *
 * Source: PyTorch `Tanhshrink`, Keras `tanh_shrink`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const tanhShrink = /* @__PURE__ */ onWasmOrJs(define.tanhShrink, programs.tanhShrink);

/**
 * Passes what is above a threshold, and gives one value for all else.
 *
 *     f(x) = x        for x > threshold
 *            value    for x ≤ threshold
 *
 * The derivative at the threshold is 0. NaN gives NaN. PyTorch has no defaults; ours make it the ReLU.
 *
 * Source: PyTorch `Threshold`.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const threshold = /* @__PURE__ */ onWasmOrJs(define.threshold, programs.threshold);

/**
 * Passes what is above a threshold, and gives 0 for all else.
 *
 *     f(x) = x    for x > theta
 *            0    for x ≤ theta
 *
 * The derivative at theta is 0. NaN gives NaN. Unlike Keras's `ReLU(threshold)` it is what ONNX and Keras 2 call ThresholdedReLU.
 *
 * Throws RangeError for a theta that is negative or not finite.
 *
 * Source: Konda, Memisevic, Krueger, "Zero-bias autoencoders and the benefits of co-adapting features", 2014.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const thresholdedRelu = /* @__PURE__ */ onWasmOrJs(define.thresholdedRelu, programs.thresholdedRelu);

/**
 * Expanded integral of the exponential linear unit.
 *
 *     f(x) = alphaP·x² + beta·x                    for x > 0
 *            alphaN·(exp(x) − 1 − x) + beta·x      for x ≤ 0
 *
 * f′(x) is 2·alphaP·x + beta above 0, and alphaN·(exp(x) − 1) + beta below and at it. alphaP and alphaN are the weights themselves;
 * transformers learns softplus⁻¹(alphaP) and softplus⁻¹(alphaN − beta). It also takes min(x, −1e-6) for the exponential's x, so that
 * there f(0) is −8e-7; here the difference keeps its digits without that.
 *
 * Throws RangeError for a parameter outside of its range.
 *
 * Source: Huang, Schlag, "Deriving Activation Functions Using Integration", 2024; transformers `xielu`, the activation of Apertus.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const xielu = /* @__PURE__ */ onWasmOrJs(define.xielu, programs.xielu);

/**
 * PReLU with one slope for each channel of an array that is [outer, channels, inner].
 *
 * `innerSize` is the number of elements of a channel that lie together: 1 (the default) when channels are the last axis, as
 * in Keras and tfjs; height·width for PyTorch's and ONNX's [batch, channels, height, width]. The slopes are read at each call,
 * so an optimiser may update them in place. Outputs may not share memory with them.
 *
 * Throws TypeError or RangeError for arrays that do not fit, such as an x whose length is no multiple of channels·innerSize.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const preluPerChannel = /* @__PURE__ */ preluPerChannelOnWasm('preferred');

/**
 * Gradient of the loss for PReLU's slope: Σ dy[i]·x[i] over x[i] < 0, summed in float64 (pairs of partial sums, the same bits in
 * every entry); a NaN in x makes it NaN.
 *
 * Does not depend on the slope. Throws TypeError or RangeError for arrays that do not fit each other.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const preluSlopeGradient = /* @__PURE__ */ preluSlopeGradientOnWasm('preferred');

/**
 * Randomised leaky ReLU in training: every element has a slope of its own, uniform between lower and upper.
 *
 * The slope of element i is a function of the seed and i alone, the same on every platform; forward and backward of one step
 * take the same seed, the next step another. Throws RangeError for a seed that is no integer from 0 to 2^32 − 1.
 *
 * Arrays run on WASM where the runtime has it, else on JS.
 */
export const rreluTraining = /* @__PURE__ */ rreluTrainingOnWasm('preferred');

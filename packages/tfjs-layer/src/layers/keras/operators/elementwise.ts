import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asBool } from '../../../tfjs/classes.js';
import { sparsemax } from '../sparsemax.js';
import { axisOf, float, numberOf, type Operator, pair, tensor } from './values.js';

const one =
  (f: (x: Tensor) => Tensor): Operator =>
  ([x]) =>
    f(float(x));
const two =
  (f: (a: Tensor, b: Tensor) => Tensor): Operator =>
  (inputs) =>
    f(...pair(inputs));
/** Of truth values: everything but 0 is true. */
const logical =
  (f: (a: Tensor, b: Tensor) => Tensor): Operator =>
  ([a, b]) =>
    f(asBool(tensor(a)), asBool(tensor(b)));

/** The greater of two, NaN where one of them is: all comparisons with NaN are false. */
const divideNoNan = (a: Tensor, b: Tensor) => tfc.divNoNan(float(a), float(b));
/** log(eᵃ + eᵇ), without overflow. */
const logAddExp = (a: Tensor, b: Tensor) =>
  tfc.add(tfc.maximum(a, b), tfc.log1p(tfc.exp(tfc.neg(tfc.abs(tfc.sub(a, b))))));
const truncated = (x: Tensor) => tfc.mul(tfc.sign(x), tfc.floor(tfc.abs(x)));
const LN2 = Math.LN2;
/** The largest float32. */
const LARGEST = 3.4028234663852886e38;

/** Operators that compute each element by itself. */
export const elementwise: Record<string, Operator> = {
  Abs: one(tfc.abs),
  Absolute: one(tfc.abs),
  Fabs: one(tfc.abs),
  Add: two(tfc.add),
  Subtract: two(tfc.sub),
  Multiply: two(tfc.mul),
  Divide: ([a, b]) => tfc.div(float(a), float(b)),
  TrueDivide: ([a, b]) => tfc.div(float(a), float(b)),
  DivideNoNan: two(divideNoNan),
  FloorDivide: two((a, b) => tfc.floor(tfc.div(float(a), float(b)))),
  Mod: two(tfc.mod),
  Fmod: two((a, b) => tfc.sub(a, tfc.mul(b, truncated(tfc.div(float(a), float(b)))))),
  Power: two(tfc.pow),
  Maximum: two(tfc.maximum),
  Minimum: two(tfc.minimum),
  Hypot: two((a, b) => tfc.sqrt(tfc.add(tfc.square(a), tfc.square(b)))),
  Arctan2: two(tfc.atan2),
  Logaddexp: two(logAddExp),
  Logaddexp2: two((a, b) => tfc.div(logAddExp(tfc.mul(a, LN2), tfc.mul(b, LN2)), LN2)),
  Heaviside: two((x, y) => tfc.where(tfc.equal(x, 0), tfc.add(y, tfc.zerosLike(x)), tfc.step(x))),
  Negative: one(tfc.neg),
  Reciprocal: one((x) => tfc.div(1, x)),
  Sign: one(tfc.sign),
  Square: one(tfc.square),
  Sqrt: one(tfc.sqrt),
  Rsqrt: one(tfc.rsqrt),
  Cbrt: one((x) => tfc.mul(tfc.sign(x), tfc.pow(tfc.abs(x), 1 / 3))),
  Exp: one(tfc.exp),
  Exp2: one((x) => tfc.exp(tfc.mul(x, LN2))),
  Expm1: one(tfc.expm1),
  Log: one(tfc.log),
  Log1p: one(tfc.log1p),
  Log2: one((x) => tfc.div(tfc.log(x), LN2)),
  Log10: one((x) => tfc.div(tfc.log(x), Math.LN10)),
  Sin: one(tfc.sin),
  Cos: one(tfc.cos),
  Tan: one(tfc.tan),
  Arcsin: one(tfc.asin),
  Arccos: one(tfc.acos),
  Arctan: one(tfc.atan),
  Sinh: one(tfc.sinh),
  Cosh: one(tfc.cosh),
  Tanh: one(tfc.tanh),
  Arcsinh: one(tfc.asinh),
  Arccosh: one(tfc.acosh),
  Arctanh: one(tfc.atanh),
  Deg2rad: one((x) => tfc.mul(x, Math.PI / 180)),
  Rad2deg: one((x) => tfc.mul(x, 180 / Math.PI)),
  Sinc: one((x) => {
    const angle = tfc.mul(x, Math.PI);
    return tfc.where(tfc.equal(x, 0), tfc.onesLike(x), tfc.div(tfc.sin(angle), angle));
  }),
  Erf: one(tfc.erf),
  Erfc: one((x) => tfc.sub(1, tfc.erf(x))),
  Ceil: one(tfc.ceil),
  Floor: one(tfc.floor),
  Trunc: one(truncated),
  Round: ([x], { decimals }) => {
    const factor = 10 ** numberOf(decimals, 0);
    return tfc.div(tfc.round(tfc.mul(float(x), factor)), factor);
  },
  Clip: ([x], { x_min, x_max }) => tfc.minimum(tfc.maximum(float(x), tensor(x_min)), tensor(x_max)),
  Equal: two(tfc.equal),
  NotEqual: two(tfc.notEqual),
  Greater: two(tfc.greater),
  GreaterEqual: two(tfc.greaterEqual),
  Less: two(tfc.less),
  LessEqual: two(tfc.lessEqual),
  LogicalAnd: logical(tfc.logicalAnd),
  LogicalOr: logical(tfc.logicalOr),
  LogicalXor: logical(tfc.logicalXor),
  LogicalNot: ([x]) => tfc.logicalNot(asBool(tensor(x))),
  // The other number where one is NaN.
  Fmax: two((a, b) => tfc.where(tfc.isNaN(a), b, tfc.where(tfc.isNaN(b), a, tfc.maximum(a, b)))),
  Fmin: two((a, b) => tfc.where(tfc.isNaN(a), b, tfc.where(tfc.isNaN(b), a, tfc.minimum(a, b)))),
  Isclose: ([a, b], { rtol, atol }) => {
    const [x, y] = pair([a as never, b as never]);
    const near = tfc.add(numberOf(atol, 1e-8), tfc.mul(tfc.abs(y), numberOf(rtol, 1e-5)));
    return tfc.logicalOr(tfc.equal(x, y), tfc.lessEqual(tfc.abs(tfc.sub(x, y)), near));
  },
  NanToNum: ([x], { nan, posinf, neginf }) => {
    const y = float(x);
    const numbers = tfc.where(tfc.isNaN(y), tfc.fill(y.shape, numberOf(nan, 0)), y);
    return tfc.minimum(tfc.maximum(numbers, numberOf(neginf, -LARGEST)), numberOf(posinf, LARGEST));
  },
  Isnan: one(tfc.isNaN),
  Isinf: one(tfc.isInf),
  Isfinite: one(tfc.isFinite),
  Where: ([condition, a, b]) => {
    const [x, y] = pair([a as never, b as never]);
    const given = asBool(tensor(condition));
    // All three in full: tfjs broadcasts the condition only from the front.
    const shape = [x, y, given].reduce<number[]>(
      (all, { shape }) => tfc.broadcast_util.assertAndGetBroadcastShape(all, shape),
      [],
    );
    const [full, other, all] = [x, y, given].map((each) => tfc.broadcastTo(each, shape));
    return tfc.where(all as Tensor, full as Tensor, other as Tensor);
  },
  StopGradient: ([x]) =>
    tfc.customGrad((y) => ({ value: tfc.clone(y as Tensor), gradFunc: (dy) => tfc.zerosLike(dy) }))(
      tensor(x),
    ),
  Copy: ([x]) => tfc.clone(tensor(x)),
  ConvertToTensor: ([x], { dtype }) => cast(tensor(x), dtype),
  Cast: ([x], { dtype }) => cast(tensor(x), dtype),
  ZerosLike: ([x]) => tfc.zerosLike(float(x)),
  OnesLike: ([x]) => tfc.onesLike(float(x)),
  FullLike: ([x, value]) => tfc.add(tfc.zerosLike(float(x)), float(value)),
  // Activations that a layer cannot be: along an axis.
  Sparsemax: ([x], { axis }) => alongLast(float(x), axis, sparsemax),
  Softmax: ([x], { axis }) => alongLast(float(x), axis, (y) => tfc.softmax(y)),
  LogSoftmax: ([x], { axis }) => alongLast(float(x), axis, (y) => tfc.logSoftmax(y)),
  Glu: ([x], { axis }) => {
    const y = float(x);
    const [value, gate] = tfc.split(y, 2, axisOf(axis, y.rank)) as [Tensor, Tensor];
    return tfc.mul(value, tfc.sigmoid(gate));
  },
  Threshold: ([x], { threshold, default_value }) => {
    const y = float(x);
    return tfc.where(
      tfc.greater(y, numberOf(threshold, 0)),
      y,
      tfc.fill(y.shape, numberOf(default_value, 0)),
    );
  },
};

/** A type of Keras as one of tfjs: whole numbers cut off what is behind the point. */
function cast(x: Tensor, dtype: unknown): Tensor {
  const name = String(dtype ?? 'float32');
  if (name === 'bool') return asBool(x);
  return tfc.cast(x, /int/.test(name) ? 'int32' : 'float32');
}

function alongLast(x: Tensor, axis: unknown, f: (x: Tensor) => Tensor): Tensor {
  const at = axisOf(axis as number, x.rank);
  if (at === x.rank - 1) return f(x);
  const order = Array.from({ length: x.rank }, (_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i));
  return tfc.transpose(f(tfc.transpose(x, order)), order);
}

// How tfjs and ONNX Runtime say what we say; what tfjs has no kernel for is composed as its layers do.
import * as tf from '@tensorflow/tfjs-core';

export interface Peer {
  tfjs?: (x: tf.Tensor) => tf.Tensor;
  onnx?: [op: string, attributes: Record<string, number>];
}

export const peers = {
  leaky_relu: { tfjs: (x) => tf.leakyRelu(x, 0.01), onnx: ['LeakyRelu', { alpha: 0.01 }] },
  relu: { tfjs: (x) => tf.relu(x), onnx: ['Relu', {}] },
  relu6: { tfjs: (x) => tf.relu6(x) },
  elu: { tfjs: (x) => tf.elu(x), onnx: ['Elu', {}] },
  selu: { tfjs: (x) => tf.selu(x), onnx: ['Selu', {}] },
  celu: { onnx: ['Celu', {}] },
  gelu: {
    tfjs: (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))),
    onnx: ['Gelu', {}],
  },
  silu: { tfjs: (x) => tf.mul(x, tf.sigmoid(x)) },
  mish: { tfjs: (x) => tf.mul(x, tf.tanh(tf.softplus(x))), onnx: ['Mish', {}] },
  softplus: { tfjs: (x) => tf.softplus(x), onnx: ['Softplus', {}] },
  softsign: { onnx: ['Softsign', {}] },
  sigmoid: { tfjs: (x) => tf.sigmoid(x), onnx: ['Sigmoid', {}] },
  log_sigmoid: { tfjs: (x) => tf.logSigmoid(x) },
  tanh: { tfjs: (x) => tf.tanh(x), onnx: ['Tanh', {}] },
  exponential: { tfjs: (x) => tf.exp(x), onnx: ['Exp', {}] },
} satisfies Record<string, Peer>;

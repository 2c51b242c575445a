"""Writes fixtures/keras/*.json and *.keras, and fixtures/hdf5/models/*.json: models made by Keras 3, each with its weights, an input and Keras's own output.

Needs `pip install keras jax` (made with Keras 3.15.1). Run from the package's folder: python scripts/keras_fixtures.py [NAME…]
"""
import base64, json, os, pathlib, sys, zipfile

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np
from keras import layers as L

folder = pathlib.Path("fixtures/keras")
folder.mkdir(parents=True, exist_ok=True)
folder_of_hdf5 = pathlib.Path("fixtures/hdf5/models")


def seq(*layers, name=None):
    return keras.Sequential(list(layers), name=name)


def activations():
    """Every activation of Keras 3 that a tensor keeps its shape under, as a string in a Dense."""
    names = ["celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh",
             "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softmax",
             "soft_shrink", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "squareplus", "swish", "tanh", "tanh_shrink"]
    x = keras.Input((3,))
    return keras.Model(x, [L.Dense(4, activation=name, name="with_" + name)(x) for name in names])


def objects():
    x = keras.Input((3,))
    activations = [L.LeakyReLU(negative_slope=0.1), L.ReLU(negative_slope=0.2, max_value=1, threshold=0.25), L.ELU(alpha=0.5),
                   keras.activations.leaky_relu, keras.activations.hard_sigmoid]
    return keras.Model(x, [L.Dense(4, activation=a)(x) for a in activations])


def leaky_layers():
    return seq(keras.Input((5,)), L.Dense(4), L.LeakyReLU(negative_slope=0.1), L.Dense(4), L.ReLU(negative_slope=0.2, max_value=0.5, threshold=0.1),
               L.Dense(4), L.LeakyReLU(), L.Dense(3), L.ELU(alpha=0.5), L.Dense(3, activation="leaky_relu"), L.Softmax())


def functional():
    a, b = keras.Input((4,), name="a"), keras.Input((2, 3), name="b")
    x = L.Dense(6, activation="relu")(a)
    y = L.Flatten()(b)
    merged = [L.Add()([x, y]), L.Multiply()([x, y]), L.Average()([x, y]), L.Maximum()([x, y]), L.Minimum()([x, y])]
    z = L.Concatenate()(merged)
    d = L.Dot(axes=1, normalize=True)([x, y])
    return keras.Model([a, b], [L.Dense(2, activation="silu", name="first")(z), d])


def nested():
    i = keras.Input((4,), name="in")
    shared = L.Dense(4, name="shared", activation="tanh")
    inner = seq(keras.Input((4,)), L.Dense(4, activation=L.LeakyReLU(negative_slope=0.1)), name="inner")
    j = keras.Input((4,))
    function = keras.Model(j, L.Dense(4, name="deep")(j), name="function")
    x = shared(shared(i))
    x = inner(x)
    x = function(function(x))
    return keras.Model(i, [L.Add()([x, i]), shared(x)])


def shared_model():
    """A model that stands both in the outer model and in another inner one: only an archive says that they are the same."""
    i, j = keras.Input((4,), name="in"), keras.Input((4,))
    inner = seq(keras.Input((4,)), L.Dense(4, activation=L.LeakyReLU(negative_slope=0.1)), name="inner")
    function = keras.Model(j, L.Dense(4, name="deep")(inner(j)), name="function")
    return keras.Model(i, L.Add()([function(inner(i)), i]))


def crossed():
    """Layers whose second call comes before the first in the graph's depth: reading them in file order connects the wrong tensors."""
    i = keras.Input((3,), name="in")
    a, b = L.Dense(3, name="a"), L.Dense(3, name="b")
    b0 = b(i)
    a0 = a(b0)
    a1 = a(i)
    b1 = b(L.Activation("tanh")(a1))
    return keras.Model(i, [L.Add()([L.Activation("relu")(b1), a0]), a0, b1])


def convolution():
    return seq(keras.Input((6, 6, 2)), L.Conv2D(3, 3, padding="same", kernel_initializer="he_normal", kernel_regularizer=keras.regularizers.L2(0.01)),
               L.BatchNormalization(), L.LeakyReLU(negative_slope=0.2), L.MaxPooling2D(), L.SeparableConv2D(4, 2, activation="relu6"),
               L.DepthwiseConv2D(2, padding="same"), L.PReLU(shared_axes=[1, 2], alpha_initializer="random_normal"), L.UpSampling2D(),
               L.ZeroPadding2D(1), L.Conv2DTranspose(2, 2), L.Cropping2D(1), L.GlobalAveragePooling2D(), L.Dropout(0.3, seed=1),
               L.Dense(2, activation="softmax"))


def constrained():
    return seq(keras.Input((3,)), L.Dense(2, kernel_constraint=keras.constraints.MaxNorm(5.0), bias_regularizer="l1"))


def any_size():
    x = keras.Input((None, None, 2))
    return keras.Model(x, L.PReLU(shared_axes=[1, 2], alpha_initializer="random_normal")(L.Conv2D(3, 3, padding="same")(x)))


def sequences():
    return seq(keras.Input((5, 3)), L.Conv1D(4, 2, padding="same", activation="leaky_relu"), L.LayerNormalization(), L.MaxPooling1D(1),
               L.SimpleRNN(3, return_sequences=True), L.GRU(3, return_sequences=True, reset_after=False),
               L.Bidirectional(L.LSTM(2, return_sequences=True)), L.TimeDistributed(L.Dense(3, activation="selu")), L.LSTM(3),
               L.RepeatVector(2), L.Permute((2, 1)), L.Reshape((6,)), L.GaussianNoise(0.1), L.Rescaling(0.5, 1.0))


def embedding():
    return seq(keras.Input((4,), dtype="int32"), L.Embedding(7, 3, mask_zero=True), L.LSTM(2))


def unnamed_input():
    model = seq(L.Dense(3, activation="celu"), L.Dense(2, activation="hard_silu"))
    model.build((None, 4))
    return model


def recurrent():
    """GRUs as Keras has them by default, states handed from layer to layer, both directions apart."""
    a, b = keras.Input((4, 3), name="past"), keras.Input((5, 2), name="future")
    _, h, c = L.LSTM(3, return_state=True, activation="softsign")(a)
    y = L.LSTM(3, return_sequences=True)(b, initial_state=[h, c])
    forward, backward = L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode=None)(y)
    return keras.Model([a, b], [L.GRU(3, use_bias=False, recurrent_activation="hard_sigmoid")(L.Add()([forward, backward])), h])


def text():
    """Masks of an embedding, on their way to layers that heed them."""
    i = keras.Input((6,), dtype="int32")
    x = L.Embedding(7, 4, mask_zero=True)(i)
    y = L.GRU(3)(L.Dropout(0.2)(L.LayerNormalization()(x)))
    return keras.Model(i, L.Softmax()(L.Dense(2)(L.Concatenate()([y, L.GlobalAveragePooling1D()(x)]))))


def sequence_convolution():
    return seq(keras.Input((9, 4)), L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"), L.Conv1D(6, 2, groups=2),
               L.SeparableConv1D(4, 3, strides=2, padding="same"), L.DepthwiseConv1D(2, depth_multiplier=2),
               L.Conv1DTranspose(3, 4, strides=2, padding="same", activation="elu"), L.UpSampling1D(2), L.ZeroPadding1D((1, 2)), L.Cropping1D(1))


def pictures():
    x = keras.Input((6, 5, 4), dtype="uint8")
    y = L.Rescaling([0.1, 0.2, 0.3, 0.4], offset=-0.5)(x)
    y = L.Conv2D(4, 3, groups=2, padding="same")(y)
    y = L.DepthwiseConv2D(2, dilation_rate=2)(y)
    gate = L.Conv2D(4, 1, activation="hard_sigmoid")(L.GlobalAveragePooling2D(keepdims=True)(y))
    y = L.Multiply()([y, gate])
    return keras.Model(x, L.Subtract()([L.UpSampling2D(2, interpolation="bilinear")(y), L.Resizing(8, 6)(y)]))


def normalizations():
    x = keras.Input((3, 4))
    y = [L.BatchNormalization(axis=1, scale=False), L.LayerNormalization(axis=[1, 2]), L.GroupNormalization(groups=2), L.UnitNormalization(),
         L.Normalization(mean=[1.0, 2, 3, 4], variance=[1.0, 4, 9, 16]), L.Normalization()]
    return keras.Model(x, [layer(x) for layer in y])


def frozen():
    """As in transfer learning: a base that is not trained, and names that tfjs cannot have."""
    base = seq(keras.Input((3,)), L.Dense(4, name="a layer"), L.BatchNormalization(), L.Dropout(0.5), name="the base")
    base.trainable = False
    x = keras.Input((3,))
    return keras.Model(x, L.Dense(2)(base(x, training=False)))


def operators():
    x = keras.Input((3,))
    y = L.Dense(3)(2.0 * x - 1.0)
    j = keras.Input((3,))
    last = keras.Model(j, keras.ops.silu(j), name="last")
    return keras.Model({"x": x}, {"b": last(y + x / 4.0), "a": 1.0 - keras.activations.relu(y)})


def attention():
    """Every layer of attention, with the options that change what it computes, on two sequences of other lengths."""
    q, v, m = keras.Input((5, 6), name="query"), keras.Input((4, 3), name="value"), keras.Input((5, 4), name="mask")
    a = L.MultiHeadAttention(2, 3, dropout=0.1, name="heads")(q, v)
    b, scores = L.MultiHeadAttention(2, 3, value_dim=4, output_shape=5, use_bias=False, name="scored")(q, v, v, attention_mask=m, return_attention_scores=True)
    c = L.MultiHeadAttention(3, 2, name="causal")(q, q, use_causal_mask=True)
    d = L.GroupQueryAttention(4, 6, 2, name="grouped")(q, q)
    e = L.Attention(use_scale=True, score_mode="concat", name="concat")([L.Dense(3, name="narrow")(q), v])
    f = L.Attention(name="dot")([e, v, v], use_causal_mask=True)
    g = L.AdditiveAttention(name="additive")([e, v])
    h = L.Add(name="sum")([q, L.MultiHeadAttention(2, 3, sliding_window=2, use_gate=True, name="window")(q, q)])
    return keras.Model([q, v, m], [a, b, scores, c, d, f, g, h])


def attention_over_pictures():
    x = keras.Input((3, 4, 5))
    return keras.Model(x, [L.MultiHeadAttention(2, 3, name="all")(x, x), L.MultiHeadAttention(2, 3, attention_axes=(2,), name="rows")(x, x)])


def masked():
    """What a mask does to layers that heed it: sequences of both directions with 0 for its steps, a transformer's block."""
    # One embedding each: a MultiHeadAttention of Keras takes the mask off its inputs, also for layers that come later.
    i = keras.Input((6,), dtype="int32")
    x = [L.Embedding(7, 4, mask_zero=True, name=f"embedding_{n}")(i) for n in range(4)]
    y = L.Bidirectional(L.LSTM(3, return_sequences=True), name="both")(x[0])
    z = L.MultiHeadAttention(2, 3, name="heads")(x[1], x[1])
    z = L.LayerNormalization()(L.Add()([x[1], z]))
    return keras.Model(i, [y, L.GRU(2, return_sequences=True, name="gru")(x[2]), z, L.Attention()([x[3], x[3]])])


def masking():
    return seq(keras.Input((5, 3)), L.Masking(), L.Bidirectional(L.GRU(3, return_sequences=True, dropout=0.1), merge_mode="sum"),
               L.LSTM(4, return_sequences=True), L.LSTM(2))


def dropped_masks():
    """Layers that drop a mask before one that would heed it; attention that hands it on; a decoder with states, which finds none of its own."""
    i, j = keras.Input((6,), dtype="int32", name="words"), keras.Input((5,), dtype="int32", name="others")
    x = L.Embedding(7, 4, mask_zero=True)(i)
    convolved = L.LSTM(3, return_sequences=True, name="behind")(L.Conv1D(4, 3, padding="same")(x))
    read, h, c = L.LSTM(4, return_sequences=True, return_state=True, name="encoder")(x)
    pooled = L.GlobalAveragePooling1D()(L.Attention()([read, read]))
    y = L.LSTM(4, return_sequences=True, name="decoder")(L.Embedding(7, 4, mask_zero=True)(j), initial_state=[h, c])
    z = L.Embedding(7, 4, mask_zero=True)(j)
    given = L.GRU(4, return_sequences=True, name="masked")(z, initial_state=h, mask=z._keras_mask)
    return keras.Model([i, j], [convolved, pooled, L.GRU(2, name="second")(y), given, L.GRU(4, name="last")(z, initial_state=h, mask=z._keras_mask)])


def unlike_directions():
    """A Bidirectional whose layers are no mirrors of each other."""
    x = keras.Input((5, 3))
    return keras.Model(x, L.Bidirectional(L.LSTM(3, return_sequences=True), backward_layer=L.GRU(2, go_backwards=True, return_sequences=True))(x))


def products():
    x = keras.Input((3, 4))
    return keras.Model(x, [L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="relu", name="dense")(x),
                           L.EinsumDense("...x,xy->...y", output_shape=2, bias_axes="y", name="dots")(x),
                           L.EinsumDense("abc,bde->acde", output_shape=(4, 2, 3), bias_axes="ce", name="many")(x),
                           L.EinsumDense("ab...,bc->ac...", output_shape=2, name="behind")(x)])


def norms():
    x = keras.Input((3, 4))
    return keras.Model(x, [L.RMSNormalization(axis=[1, 2], epsilon=0.01, name="both")(x), L.RMSNormalization(name="last")(x)])


def adaptive():
    """Windows that overlap, that are of one element and of several, and more of them than elements."""
    line, picture, first, room = keras.Input((7, 2)), keras.Input((5, 7, 2)), keras.Input((2, 5, 4)), keras.Input((3, 4, 5, 2))
    first_format = {"data_format": "channels_first"}
    return keras.Model([line, picture, first, room], [
        L.AdaptiveAveragePooling1D(3)(line), L.AdaptiveMaxPooling1D(9)(line), L.AdaptiveAveragePooling2D((3, 1))(picture), L.AdaptiveMaxPooling2D(4)(picture),
        L.AdaptiveAveragePooling2D((2, 3), **first_format)(first), L.AdaptiveMaxPooling2D((5, 3), **first_format)(first),
        L.AdaptiveAveragePooling3D((2, 3, 2))(room), L.AdaptiveMaxPooling3D((2, 4, 3))(room)])


def preprocessing():
    """What is computed before the first weights; augmentation does nothing in prediction."""
    picture, numbers, indices = keras.Input((9, 8, 3), name="picture"), keras.Input((3,), name="numbers"), keras.Input((3,), dtype="int32", name="indices")
    x = L.RandomFlip()(L.RandomRotation(0.1)(L.RandomZoom(0.1, 0.2)(L.RandomContrast(0.2)(L.RandomTranslation(0.1, 0.1)(picture)))))
    bins = L.Discretization(bin_boundaries=[-1.0, 0.0, 0.5], name="bins")
    return keras.Model([picture, numbers, indices], [
        L.CenterCrop(5, 4)(x), L.CenterCrop(12, 5)(picture), L.RandomCrop(9, 8)(picture), bins(numbers),
        L.Discretization(bin_boundaries=[-1.0, 0.0, 0.5], output_mode="multi_hot", name="hot")(numbers),
        *[L.CategoryEncoding(8, output_mode=mode, name=mode)(indices) for mode in ["one_hot", "multi_hot", "count"]]])


def convolution_lstm():
    x, y = keras.Input((4, 7, 2), name="rows"), keras.Input((3, 6, 5, 2), name="pictures")
    return keras.Model([x, y], [L.ConvLSTM1D(3, 3, padding="same", strides=2, return_sequences=True)(x), *L.ConvLSTM1D(2, 2, return_state=True, go_backwards=True)(x),
                                L.ConvLSTM2D(2, 3, padding="same", return_sequences=True, recurrent_activation="hard_sigmoid")(y), L.ConvLSTM2D(2, (2, 3), dilation_rate=1)(y)])


def training_only():
    """What changes training alone is left out: regularizers of outputs, initializers and constraints that tfjs lacks."""
    x = keras.Input((3,))
    y = L.Dense(3, activity_regularizer="l2", kernel_regularizer=keras.regularizers.OrthogonalRegularizer(0.01),
                kernel_initializer=keras.initializers.VarianceScaling(2.0, distribution="untruncated_normal"))(x)
    return keras.Model(x, L.ActivityRegularization(l1=0.1)(L.Dense(2, kernel_initializer=keras.initializers.Orthogonal(2.0))(y)))


def given_twice():
    x = keras.Input((3,))
    y = L.Dense(2)(x)
    return keras.Model(x, [y, L.Concatenate(axis=-1)([y, y]), y])


ops = keras.ops


def elementwise():
    """Operators of one element."""
    x, y = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    positive = ops.absolute(x) + 0.5
    small = x * 0.4
    one = ["abs", "absolute", "negative", "reciprocal", "sign", "square", "exp", "exp2", "expm1", "sin", "cos", "tan", "arctan", "sinh", "cosh", "tanh", "arcsinh",
           "deg2rad", "rad2deg", "erf", "ceil", "floor", "round", "trunc", "isnan", "isfinite", "isinf", "logical_not", "zeros_like", "ones_like", "cbrt"]
    two = ["add", "subtract", "multiply", "divide", "true_divide", "maximum", "minimum", "mod", "floor_divide", "arctan2", "equal", "not_equal", "greater",
           "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_xor", "logaddexp", "hypot"]
    return keras.Model([x, y], [*[getattr(ops, name)(x) for name in one], *[getattr(ops, name)(x, y) for name in two],
                                *[getattr(ops, name)(positive) for name in ["sqrt", "rsqrt", "log", "log1p", "log2", "log10"]],
                                *[getattr(ops, name)(small) for name in ["arcsin", "arccos", "arctanh"]], ops.arccosh(positive + 1.0), ops.power(positive, y),
                                ops.clip(x, -0.5, 1.0), ops.where(x > y, x, y * 2.0), ops.cast(x, "int32"), ops.divide_no_nan(x, ops.zeros_like(y)),
                                ops.power(x, 2), 2.0 ** x, 1.0 / positive, ops.round(x, 1), ops.stop_gradient(x), ops.full_like(x, 3.0), ops.threshold(x, 0.5, -1.0)])


def reductions():
    x = keras.Input((3, 4))
    every = [getattr(ops, name)(x, axis=axis, keepdims=keep) for name in ["sum", "mean", "max", "min", "var", "std", "prod", "logsumexp", "amax", "amin", "ptp"]
             if hasattr(ops, name) for axis, keep in [(1, False), (-1, True), ([1, 2], False)]]
    values, places = ops.top_k(x, 2)
    return keras.Model(x, [*every, *[f(x, axis=-1) for f in [ops.argmax, ops.argmin, ops.cumsum, ops.cumprod, ops.sort]], ops.argmax(x, axis=1, keepdims=True),
                                *[f(x > 0.0, axis=1) for f in [ops.all, ops.any]], ops.count_nonzero(x, axis=1), values, places, *ops.moments(x, axes=[1]),
                                ops.normalize(x, axis=-1), ops.max(x, axis=1, initial=0.5),
                                ops.average(x, axis=-1), ops.softmax(x, axis=1), ops.log_softmax(x, axis=1), ops.glu(x, axis=-1)])


def shaping():
    x, y = keras.Input((3, 4), name="x"), keras.Input((4, 2), name="y")
    return keras.Model([x, y], [
        ops.reshape(x, (-1, 2, 6)), ops.transpose(x, (0, 2, 1)), ops.swapaxes(x, 1, 2), ops.moveaxis(x, 1, -1), ops.expand_dims(x, 1), ops.expand_dims(x, (1, -1)),
        ops.squeeze(ops.expand_dims(x, 2), 2), ops.concatenate([x, x], axis=-1), ops.stack([x, x * 2.0], axis=1), ops.hstack([x, x]), *ops.split(x, 2, axis=-1),
        *ops.split(x, [1, 3], axis=2), ops.tile(x, (1, 2, 1)), ops.repeat(x, 2, axis=1), ops.flip(x, axis=1), ops.roll(x, 1, axis=2), ops.roll(x, -2, axis=-1),
        ops.pad(x, ((0, 0), (1, 2), (0, 1))), ops.pad(x, ((0, 0), (1, 1), (0, 0)), mode="reflect"), ops.pad(x, ((0, 0), (1, 0), (0, 0)), constant_values=2.0),
        ops.take(x, [0, 2, -1], axis=-1), x[:, 1], x[:, -1, 1:], x[..., ::2], x[:, None, 1:3], ops.tril(x), ops.triu(x, k=1), ops.matmul(x, y), x @ y,
        ops.einsum("bij,bjk->bik", x, y), ops.einsum("bij,bjk->bi", x, y), ops.one_hot(ops.cast(ops.argmax(x, axis=-1), "int32"), 4), *ops.unstack(x, axis=1),
        ops.append(x, x, axis=1), ops.subtract(x, ops.mean(x, axis=-1, keepdims=True)), x - ops.max(x, axis=1, keepdims=True), ops.multiply(x, ops.mean(y, axis=-1)[:, None, :])])


def cells():
    """RNNs of a cell, and of several on top of each other."""
    x = keras.Input((5, 3))
    stacked = L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True)(x)
    return keras.Model(x, [L.RNN(L.SimpleRNNCell(2))(stacked), L.RNN(L.LSTMCell(4), go_backwards=True)(x), L.RNN(L.GRUCell(3, reset_after=False))(x),
                           *L.RNN(L.GRUCell(2), return_state=True)(x), L.Bidirectional(L.RNN([L.LSTMCell(4), L.LSTMCell(3)], return_sequences=True))(x),
                           L.Bidirectional(L.RNN(L.GRUCell(2)), merge_mode="ave")(x)])


def within_steps():
    """Layers of two directions within a TimeDistributed."""
    x = keras.Input((3, 4, 2))
    return keras.Model(x, L.TimeDistributed(L.Bidirectional(L.GRU(3)))(x))


def transposed():
    x = keras.Input((5, 4, 2))
    return keras.Model(x, [L.Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=1)(x), L.Conv2DTranspose(3, 3, strides=2, padding="same", output_padding=0)(x),
                           L.Conv2DTranspose(2, (3, 2), dilation_rate=2, activation="relu")(x), L.Conv2DTranspose(2, 2, strides=3, output_padding=(2, 1), use_bias=False)(x)])


def single_numbers():
    """Inputs of one number each, of which tfjs makes [batch, 1]."""
    a, b = keras.Input((), dtype="int32", name="id"), keras.Input((), name="x")
    return keras.Model([a, b], [L.Embedding(7, 3)(a), keras.ops.expand_dims(b, -1) * 2.0, b + 1.0])


def spectral():
    return seq(keras.Input((6, 6, 2)), L.SpectralNormalization(L.Conv2D(3, 3)), L.Flatten(), L.SpectralNormalization(L.Dense(2)))


def convnext_block():
    from keras.src.applications.convnext import LayerScale, StochasticDepth

    x = keras.Input((6, 6, 4))
    y = L.Conv2D(4, 7, padding="same", groups=4)(x)
    y = L.LayerNormalization(epsilon=1e-6)(y)
    y = L.Dense(4)(L.Dense(8, activation="gelu")(y))
    return keras.Model(x, x + StochasticDepth(0.1)(LayerScale(1e-6, 4)(y)))


def inception_resnet_block():
    from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

    x = keras.Input((6, 6, 4))
    return keras.Model(x, L.ReLU()(CustomScaleLayer(0.17)([x, L.Conv2D(4, 1)(x)])))


def joined():
    a, b = keras.Input((3, 4), name="a"), keras.Input((2, 4), name="b")
    return keras.Model([a, b], [L.Concatenate(axis=-2)([a, b]), L.LayerNormalization(rms_scaling=True)(a)])


def picture_operators():
    x = keras.Input((8, 6, 2))
    y = L.Conv2D(4, 1)(x)
    return keras.Model(x, [ops.max_pool(x, (2, 2), strides=(2, 2)), ops.average_pool(x, (2, 3), strides=(1, 1), padding="same"), ops.image.resize(x, (4, 3)),
                           ops.image.resize(x, (16, 9), interpolation="nearest"), ops.image.extract_patches(x, size=2),
                           ops.image.extract_patches(x, size=(3, 2), strides=1, padding="same"), ops.nn.depth_to_space(y, 2), ops.nn.space_to_depth(y, 2)])


def resizings():
    """Sizes by every interpolation, without aliases, and in the form of the picture."""
    x = keras.Input((9, 7, 2), name="picture")
    small = [L.Resizing(4, 5, interpolation=i, antialias=a) for i in ["bilinear", "bicubic", "lanczos3", "lanczos5"] for a in [False, True]]
    large = [L.Resizing(11, 12, interpolation=i) for i in ["bicubic", "lanczos3"]]
    formed = [L.Resizing(6, 4, crop_to_aspect_ratio=True), L.Resizing(4, 6, crop_to_aspect_ratio=True, interpolation="nearest"),
              L.Resizing(8, 8, pad_to_aspect_ratio=True, fill_value=0.5), L.Resizing(4, 9, pad_to_aspect_ratio=True)]
    return keras.Model(x, [*[layer(x) for layer in [*small, *large, *formed]], L.UpSampling2D(2, interpolation="bicubic")(x),
                                   ops.image.resize(x, (5, 5), interpolation="bicubic", antialias=True), ops.image.resize(x, (4, 4), crop_to_aspect_ratio=True)])


def volumes():
    x = keras.Input((6, 5, 4, 4))
    return keras.Model(x, [L.Conv3D(6, 3, groups=2, padding="same", activation="relu")(x), L.Conv3D(4, 2, groups=4, strides=2, use_bias=False)(x),
                           L.Conv3DTranspose(3, 2, strides=2, padding="same")(x), L.Conv3DTranspose(2, 3, strides=(1, 2, 3), activation="tanh")(x)])


def sparse():
    x = keras.Input((5,))
    return keras.Model(x, [L.Dense(4, activation="sparsemax")(x), ops.sparsemax(x), L.Activation("sparsemax")(x)])


def piped():
    x = keras.Input((4, 4, 3))
    y = L.Pipeline([L.RandomFlip(), L.Rescaling(0.5, offset=1.0)], name="pipe")(x)
    return keras.Model(x, [seq(keras.Input((4, 4, 3)), L.Conv2D(2, 3), name="inner")(y), y])


def order():
    """Operators of order, of parts, and those that make a layer of operators."""
    x, q = keras.Input((3, 4, 4), name="x"), keras.Input((5, 2, 4), name="heads")
    y = x[:, 0]
    normal = [ops.layer_normalization(x), ops.rms_normalization(x)] if hasattr(ops, "layer_normalization") else []
    return keras.Model([x, q], [ops.argsort(x, axis=-1), ops.sort(x, axis=1), ops.median(x, axis=1), ops.median(x, axis=(1, 2), keepdims=True), ops.median(y, axis=-1),
                                ops.diff(x, axis=1), ops.diff(x, n=2, axis=-1), ops.diagonal(x, axis1=2, axis2=3), ops.diagonal(x, offset=1, axis1=1, axis2=2),
                                ops.trace(x, axis1=2, axis2=3), ops.rot90(x, axes=(2, 3)), ops.rot90(x, k=-1, axes=(1, 2)), ops.isclose(x, x + 1e-9), ops.nan_to_num(x), *normal,
                                ops.dot_product_attention(q, q, q), ops.dot_product_attention(q, q, q, is_causal=True), ops.dot_product_attention(q, q[:, :, :1], q[:, :, :1], scale=0.3),
                                ops.image.crop_images(x, top_cropping=1, left_cropping=1, target_height=2, target_width=2), ops.image.pad_images(x, top_padding=1, left_padding=2, bottom_padding=0, right_padding=1)])


def training_at_a_call():
    """What `predict` overrides: a dropout that is left on, and statistics of the batch."""
    x = keras.Input((4, 4, 2))
    y = L.BatchNormalization()(L.Conv2D(3, 2)(x), training=True)
    base = seq(keras.Input((3, 3, 3)), L.Flatten(), L.Dropout(0.5), name="base")
    return keras.Model(x, L.Dropout(0.5)(L.Dense(2)(base(y, training=True)), training=True))


def functions_and_layers():
    """Functions of the same names as layers: of constants, of other ranks, by position, and such that drop a mask. HDF5 leaves out the modules."""
    words, x = keras.Input((6,), dtype="int32", name="words"), keras.Input((6, 4), name="x")
    y = L.Embedding(7, 4, mask_zero=True)(words)
    z = L.GlobalAveragePooling1D()(y + L.Dense(4)(y))
    places = np.arange(24, dtype="float32").reshape(6, 4) / 10
    return keras.Model([words, x], [z, x + places, ops.add(x, ops.mean(x, axis=1)[:, None, :]), ops.maximum(x, 0.25), ops.multiply(places, x), ops.reshape(x, (-1, 3, 8)),
                                    ops.minimum(x, ops.zeros((4,))), ops.concatenate([x, x], axis=1), L.Concatenate(axis=1)([x, x]), ops.dot(x, places[0]), L.Dot(axes=2)([x, x]),
                                    ops.average(x, axis=1), L.Average()([x, x * 2.0]), ops.softmax(x, axis=1), L.Reshape((8, 3))(x), L.Add()([x, x]), ops.subtract(1.0, x)])


def names_of_weights():
    """Models of layers with the same names, a weight that nobody has named, and the names of scopes before that of a layer."""
    from keras.src.applications.convnext import LayerScale

    def member(name):
        x = keras.Input((3,), name="in")
        return keras.Model(x, L.Dense(2, name="second")(L.Dense(4, name="first")(x)), name=name)

    x = keras.Input((3,))
    with keras.src.backend.name_scope("outer_scope"), keras.src.backend.name_scope("scope"):
        y = L.LayerNormalization(name="norm")(L.Dense(3, name="first")(x))
    return keras.Model(x, L.Average()([member("one")(y), member("two")(LayerScale(1e-6, 3)(y)), member("three")(LayerScale(1e-6, 3)(y))]))


def shared_in_models():
    """A model that stands in two others: HDF5 has its weights twice."""
    inner = seq(keras.Input((3,)), L.Dense(3, name="dense"), name="inner")
    x, y, i = keras.Input((3,)), keras.Input((3,)), keras.Input((3,))
    one = keras.Model(x, L.Dense(2, name="last")(inner(x)), name="one")
    two = keras.Model(y, L.Dense(2, name="last")(inner(y)), name="two")
    return keras.Model(i, [one(i), two(i)])


class Stepwise(keras.Model):
    """A class of its own for the sake of its `train_step`; what it computes is in its config."""

    def train_step(self, data):
        return {}


@keras.saving.register_keras_serializable(package="registered")
class Packaged(Stepwise):
    pass


class Chain(keras.Sequential):
    pass


def classes_of_models():
    x, y = keras.Input((4,)), keras.Input((4,))
    inner = Packaged(x, L.Dense(3, name="dense")(x), name="inner")
    chain = Chain([keras.Input((4,)), L.Dense(3, name="link")], name="chain")
    return Stepwise(y, [inner(y), chain(y), L.Dense(2, name="own")(inner(y) + y[:, :3])], name="outer")


def masks_that_are_arrays():
    x = keras.Input((5, 4))
    causal = np.tril(np.ones((5, 5), "bool"))
    y = L.MultiHeadAttention(2, 3)(x, x, attention_mask=causal[None])
    return keras.Model(x, [y, L.MultiHeadAttention(2, 3)(x, x, attention_mask=1 - causal.astype("int32") + np.eye(5, dtype="int32"))])


def windows():
    """Several examples made of one, and one of several, as in Swin."""
    x = keras.Input((8, 8, 2))
    y = ops.transpose(ops.reshape(x, (-1, 2, 4, 2, 4, 2)), (0, 1, 3, 2, 4, 5))
    y = L.Dense(2)(ops.reshape(y, (-1, 16, 2)))
    y = ops.transpose(ops.reshape(y, (-1, 2, 2, 4, 4, 2)), (0, 1, 3, 2, 4, 5))
    return keras.Model(x, ops.roll(ops.reshape(y, (-1, 8, 8, 2)), (-2, 1), axis=(1, 2)))


def floats(array):
    return base64.b64encode(np.asarray(array, "<f4").tobytes()).decode()


def array(value):
    value = np.asarray(value)
    return {"shape": list(value.shape), "dtype": str(value.dtype), "data": floats(value)}


def write(make, archive=False, hdf5=False):
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(7)
    model = make()
    model.set_weights([random.uniform(0.2 if "variance" in w.path else -0.8, 1.2, w.shape).astype("float32") for w in model.weights])
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()
    inputs = [random.integers(0, 7, [3 if d is None and i == 0 else (5 if d is None else d) for i, d in enumerate(t.shape)]).astype("int32")
              if "int" in t.dtype else
              random.uniform(-2, 2, [3 if d is None and i == 0 else (5 if d is None else d) for i, d in enumerate(t.shape)]).astype("float32")
              for t in model.inputs]
    outputs = keras.tree.flatten(model(keras.tree.pack_sequence_as(model._inputs_struct, inputs) if hasattr(model, "_inputs_struct") else inputs[0], training=False))
    name = make.__name__
    fixture = {
        "keras": keras.__version__,
        "topology": json.loads(model.to_json()),
        "weights": [{"name": w.path, **array(w)} for w in model.weights],
        "inputs": [array(i) for i in inputs],
        "outputs": [array(o) for o in outputs],
    }
    if archive:
        model.compile("adam", "mse")
        model.save(folder / f"{name}.keras")
        fixture["topology"] = json.loads(zipfile.ZipFile(folder / f"{name}.keras").read("config.json"))
    if hdf5:
        model.save(folder_of_hdf5 / f"{name}.h5")
    ((folder_of_hdf5 if hdf5 else folder) / f"{name}.json").write_text(json.dumps(fixture) + "\n")


plain = [activations, objects, any_size, functional, crossed, embedding, constrained, recurrent, sequence_convolution, pictures, operators,
         attention_over_pictures, products, norms, adaptive, preprocessing, training_only, given_twice, elementwise, reductions, shaping, unlike_directions,
         transposed, single_numbers, convnext_block, inception_resnet_block, training_at_a_call, masks_that_are_arrays, windows, joined, picture_operators, resizings, volumes, sparse, order]
archived = [classes_of_models, attention, piped, dropped_masks, within_steps, leaky_layers, nested, shared_model, convolution, sequences, unnamed_input, text, normalizations, frozen, masked, masking, convolution_lstm, cells, spectral]
of_hdf5 = [functions_and_layers, names_of_weights, shared_in_models]
for make in plain + archived + of_hdf5:
    if make.__name__ in (sys.argv[1:] or [make.__name__]):
        write(make, archive=make in archived, hdf5=make in of_hdf5)

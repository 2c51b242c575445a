"""Makes model.keras: whether the product of two numbers is positive, by 16 units of Leaky ReLU (slope 0.05). Needs Keras 3."""

import keras
import numpy

keras.utils.set_random_seed(1)
x = numpy.random.default_rng(1).uniform(-1, 1, (2000, 2)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")
model = keras.Sequential(
    [
        keras.Input((2,)),
        keras.layers.Dense(16, activation=keras.layers.LeakyReLU(negative_slope=0.05)),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=50, verbose=0)
model.save("model.keras")
print(model.evaluate(x, y, verbose=0), model.predict(numpy.array([[0.5, 0.5], [-0.5, 0.5]]), verbose=0).ravel())

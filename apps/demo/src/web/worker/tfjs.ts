// What needs TensorFlow.js: fetched when a network is first trained.
export { articleExperiment } from '../../tutorial/article.js';
export { useReproducibleBackend } from '../../tutorial/backend.js';
export { mendedExperiment } from '../../tutorial/mended.js';
export { asWritten, firstGradients, variantExperiment } from '../../tutorial/variant.js';

// What needs TensorFlow.js: fetched when a network is first trained.
export { articleExperiment } from '../../tutorial/article.js';
export { useReproducibleBackend } from '../../tutorial/backend.js';
export { notTheTutorials, tutorialExperiments } from '../../tutorial/experiments.js';
export { asWritten, firstGradients, variantExperiment } from '../../tutorial/variant.js';
export {
  exportNetwork,
  resetNetwork,
  runNetwork,
  startNetwork,
  stepNetwork,
  stopNetwork,
} from './network.js';

// What Piscina's threads `require`: CommonJS, for the reason that node-worker.cts of @rectify/replicas has.
module.exports = import('./chunk-thread.js').then(({ default: run }) => run);

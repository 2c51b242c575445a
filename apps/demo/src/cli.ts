#!/usr/bin/env node
import { createWorkers, type Workers } from '@rectify/replicas/workers';
import { main } from './command/main.js';

// Threads are started by the first training, and kept for the next.
let workers: Workers | undefined;
await main((threads) => (options, watch) => {
  workers ??= createWorkers(threads === undefined ? {} : { threads });
  return workers.train(options, watch);
});
await workers?.close();

// An installation without the optional packages of the queue: node --import this file.
import { register } from 'node:module';

register(
  `data:text/javascript,${encodeURIComponent(`
    export async function resolve(name, context, next) {
      if (name !== 'bullmq') return next(name, context);
      throw Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' });
    }`)}`,
);

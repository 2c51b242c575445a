import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { Context } from './context.js';
import { integer } from './numbers.js';
import { addQueueOption, type QueueArguments, queueAddressOf } from './queue-option.js';

interface WorkerArguments extends QueueArguments {
  threads: number;
}

export function addWorker(program: Command, context: Context): void {
  addQueueOption(program.command('worker'))
    .description('train for comparisons that use a queue, until Ctrl-C; what is at hand is finished first')
    .option('--threads <n>', 'chunks at once', integer(1, 1024), availableParallelism())
    .action((args: WorkerArguments) => workerCommand(args, context));
}

async function workerCommand(args: WorkerArguments, { stderr, signal }: Context): Promise<void> {
  const address = queueAddressOf(args);
  const { connect } = await import('../queue/connection.js');
  const { optional } = await import('../queue/optional.js');
  const { work } = await optional('bullmq', () => import('../queue/worker.js'));
  const redis = await connect(address, signal);
  const stop = signal ?? new AbortController().signal;
  stderr.write(`Working for ${address.shown} on ${args.threads} threads, until Ctrl-C\n`);
  try {
    await work(redis, stop, {
      threads: args.threads,
      onNote: (text) => stderr.write(`${text}\n`),
      onChunk: (key, seconds) => stderr.write(`chunk ${key.slice(0, 12)}: ${seconds.toFixed(1)} s\n`),
    });
  } finally {
    redis.disconnect();
  }
  stop.throwIfAborted();
}

import { type Command, Option } from 'commander';
import { type QueueAddress, queueAddress } from '../queue/connection.js';
import { UsageError } from './usage-error.js';

export interface QueueArguments {
  queue?: string;
}

/** The environment's variable, for a URL that should not stand in a list of processes. */
const variable = 'RECTIFY_QUEUE';

export const addQueueOption = (command: Command): Command =>
  command.addOption(
    new Option('--queue <url>', 'where the queue is: redis://host:6379, or rediss:// for TLS').env(variable),
  );

export function queueAddressOf({ queue }: QueueArguments): QueueAddress {
  if (!queue) throw new UsageError(`--queue must be given, or ${variable}: redis://host:6379`);
  return queueAddress(queue);
}

import type { Command } from 'commander';
import type { Presence } from '../queue/presence.js';
import type { QueueState } from '../queue/state.js';
import type { Context } from './context.js';
import { addQueueOption, type QueueArguments, queueAddressOf } from './queue-option.js';

interface StateArguments extends QueueArguments {
  json?: true;
}

export function addQueue(program: Command, context: Context): void {
  addQueueOption(program.command('queue'))
    .description('what waits, runs and failed in a queue, and who works for it')
    .option('--json', 'the same as data, alone on standard output')
    .action((args: StateArguments) => queueCommand(args, context));
}

async function queueCommand(args: StateArguments, { stdout, signal }: Context): Promise<void> {
  const address = queueAddressOf(args);
  const { queueState } = await import('../queue/state.js');
  const state = await queueState(address, signal);
  stdout.write(args.json ? `${JSON.stringify(state, null, 2)}\n` : stateText(address.shown, state));
}

function stateText(shown: string, { waiting, running, failed, workers, comparisons }: QueueState): string {
  const who = ({ host, pid, engine }: Presence) => `  ${host}, process ${pid}, ${engine}`;
  const seedsOf = (seeds: readonly number[]) => `seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const part = (title: string, count: number, lines: readonly string[]) => [`${title}  ${count}`, ...lines];
  return `${[
    shown,
    ...part('waiting    ', waiting, []),
    ...part(
      'running    ',
      running.length,
      running.map(
        ({ chunk, seeds, worker, seconds }) =>
          `  ${chunk.slice(0, 12)}, ${seedsOf(seeds)}, for ${seconds.toFixed(1)} s on ${worker ?? 'some worker'}`,
      ),
    ),
    ...part(
      'failed     ',
      failed.length,
      failed.map(({ chunk, seeds, reason }) => `  ${chunk.slice(0, 12)}, ${seedsOf(seeds)}: ${reason}`),
    ),
    ...part('workers    ', workers.length, workers.map(who)),
    ...part('comparisons', comparisons.length, comparisons.map(who)),
  ].join('\n')}\n`;
}

import { Command } from 'commander';
import { versions } from '../versions.js';
import { addAudit } from './audit.js';
import { addCompare } from './compare.js';
import type { Context } from './context.js';
import { addQueue } from './queue.js';
import { addSchema } from './schema.js';
import { addServe } from './serve.js';
import { addTutorial } from './tutorial.js';
import { addWorker } from './worker.js';

/** The `rectify` command with all its subcommands. */
export function program(context: Context): Command {
  const command = new Command('rectify')
    .description('ReLU or Leaky ReLU for my data? An answer by measurement.')
    .version(versions()['@rectify/demo'])
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  addCompare(command, context);
  addTutorial(command, context);
  addAudit(command, context);
  addSchema(command, context);
  addServe(command, context);
  addWorker(command, context);
  addQueue(command, context);
  return command;
}

import { Command } from 'commander';
import { versions } from '../versions.js';
import { addAudit } from './audit.js';
import { addCompare, examples } from './compare.js';
import { addCompletion } from './completion.js';
import type { Context } from './context.js';
import { addPlot } from './plot.js';
import { addPredict } from './predict.js';
import { addQueue } from './queue.js';
import { addSchema } from './schema.js';
import { addServe } from './serve.js';
import { addTrain } from './train.js';
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
  addTrain(command, context);
  addPredict(command, context);
  addPlot(command, context);
  addServe(command, context);
  addWorker(command, context);
  addQueue(command, context);
  addCompletion(command, context);
  return command.addHelpText('after', () => defaultHelp(command));
}

/** What the command takes where no subcommand is named: `rectify --help` is asked by who does not know of compare. */
function defaultHelp(command: Command): string {
  const compare = command.commands.find((one) => one.name() === 'compare') as Command;
  const help = compare.createHelp();
  const width = help.padWidth(compare, help);
  const lines = help.visibleOptions(compare).map((option) => {
    const term = help.optionTerm(option);
    return help.formatItem(term, width, help.optionDescription(option), help);
  });
  return `\nWithout a command, as with compare:\n  rectify [file] [options]\n\n${lines.join('\n')}\n${examples}`;
}

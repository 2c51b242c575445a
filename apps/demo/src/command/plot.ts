import { basename, dirname } from 'node:path';
import { activation } from '@rectify/core';
import { plot } from '@rectify/core/plot';
import { type Arm, parseArms } from '@rectify/experiment';
import type { Command } from 'commander';
import { writeFilesTogether } from '../report/write-files.js';
import { plotText } from '../terminal/plot.js';
import type { Context } from './context.js';
import { text } from './design-options.js';
import { number } from './numbers.js';
import { OutputError, reason } from './output.js';
import { UsageError } from './usage-error.js';

interface PlotArguments {
  svg?: string;
  from: number;
  to: number;
  derivative: boolean;
}

const examples = `
Examples:
  rectify plot relu leaky_relu:0.2            in the terminal
  rectify plot gelu silu --svg smooth.svg     as a picture, with the derivatives
  rectify plot elu:2 --svg - > elu.svg`;

export function addPlot(program: Command, context: Context): void {
  program
    .command('plot')
    .argument('<name...>', 'activations with their parameters, as leaky_relu:0.2')
    .description('the graphs of activations, in the terminal or as SVG')
    .option('--svg <file>', 'write a picture; - for standard output', text('the path of a file'))
    .option('--from <x>', 'left end of the x axis', number, -10)
    .option('--to <x>', 'right end', number, 10)
    .option('--no-derivative', 'leave the derivatives out of the picture')
    .addHelpText('after', examples)
    .action((names: string[], args: PlotArguments) => plotCommand(names, args, context));
}

async function plotCommand(names: string[], args: PlotArguments, { stdout }: Context): Promise<void> {
  const { svg, from, to, derivative } = args;
  const arms = armsOf(names);
  const functions = arms.map((arm) => activation(arm.activation));
  const labels = arms.map(({ name }) => name);
  const picture = usage(() =>
    svg === undefined
      ? `${plotText(functions, { from, to, labels })}\n`
      : plot(functions, { from, to, derivative, labels }),
  );
  if (svg === undefined || svg === '-') stdout.write(picture);
  else await write(svg, picture);
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFilesTogether(dirname(path), { [basename(path)]: text });
  } catch (cause) {
    throw new OutputError(`--svg ${path}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

/** As arms, so that a name means what it means in a comparison; what is of training has no graph. */
function armsOf(names: readonly string[]): Arm[] {
  const arms = usage(() => parseArms(names));
  for (const { name, choices, learningRate, initializer } of arms)
    if (choices.length > 0 || learningRate !== undefined || initializer !== undefined)
      throw new UsageError(`${name} has a choice or a setting of training: a graph is of one function`);
  return arms;
}

/** Runs what takes arguments of the user's. */
function usage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

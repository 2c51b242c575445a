import type { Command } from 'commander';

/** What a shell should know of the command. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  /** With its dashes. */
  readonly flag: string;
  readonly description: string;
  /** Whether a value follows; where it is one of some, these. Any other value may be a file. */
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** The subcommands of a program with all their options. */
export const wordsOf = (program: Command): CommandWords[] =>
  program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map(({ long, description, required, optional, argChoices }) => ({
        flag: long ?? '',
        description,
        takesValue: required || optional,
        choices: argChoices ?? [],
      })),
  }));

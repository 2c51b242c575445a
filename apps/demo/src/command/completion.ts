import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { wordsOf } from '../completion/words.js';
import { zshCompletion } from '../completion/zsh.js';
import type { Context } from './context.js';

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

const examples = `
To have it in every new shell:
  echo 'source <(rectify completion bash)' >> ~/.bashrc
  echo 'source <(rectify completion zsh)' >> ~/.zshrc          (after compinit)
  rectify completion fish > ~/.config/fish/completions/rectify.fish`;

export function addCompletion(program: Command, { stdout }: Context): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell that asks').choices(Object.keys(shells)))
    .description('a script that lets a shell complete commands, options and files')
    .addHelpText('after', examples)
    .action((shell: keyof typeof shells) => {
      stdout.write(shells[shell](wordsOf(program)));
    });
}

import type { CommandWords, OptionWords } from './words.js';

/** Completion for fish: `rectify completion fish | source`. Where no subcommand is named, options are those of the first. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const others = commands.slice(1).map(({ name }) => name);
  const named = commands.map(
    ({ name, description }) =>
      `complete -c rectify -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
  );
  const options = commands.flatMap(({ name, options }, i) => {
    const when =
      i === 0 ? `not __fish_seen_subcommand_from ${others.join(' ')}` : `__fish_seen_subcommand_from ${name}`;
    return options.map((option) => `complete -c rectify -n ${quoted(when)} ${specOf(option)}`);
  });
  return `${['# rectify completion fish', ...named, ...options].join('\n')}\n`;
}

function specOf({ flag, description, takesValue, choices }: OptionWords): string {
  const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
  return `-l ${flag.slice(2)}${value} -d ${quoted(description)}`;
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

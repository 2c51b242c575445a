import type { CommandWords, OptionWords } from './words.js';

/** Completion for zsh: `source <(rectify completion zsh)`. Where no subcommand is named, options are those of the first. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map(({ name, options }, i) => {
    const specs = options.map((option) => `        ${quoted(specOf(option))} \\`);
    return `    ${i === 0 ? '*' : name})\n      _arguments \\\n${specs.join('\n')}\n        '*:file:_files'\n      ;;`;
  });
  // The first one's case takes what is no subcommand, so it stands last.
  return `#compdef rectify
_rectify() {
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $words[CURRENT] != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case $words[2] in
${[...cases.slice(1), cases[0]].join('\n')}
  esac
}
compdef _rectify rectify
`;
}

function specOf({ flag, description, takesValue, choices }: OptionWords): string {
  const said = description.replace(/[[\]\\:]/g, (sign) => `\\${sign}`);
  const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
  return `*${flag}[${said}]${value}`;
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

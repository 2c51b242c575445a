import type { CommandWords } from './words.js';

/** Completion for bash: `source <(rectify completion bash)`. Where no subcommand is named, options are those of the first. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const choices = new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ flag, choices }) =>
        choices.length > 0 ? [[flag, choices.join(' ')] as const] : [],
      ),
    ),
  );
  const flags = commands.map(
    ({ name, options }) => `    ${name}) flags='${options.map(({ flag }) => flag).join(' ')}' ;;`,
  );
  return `# rectify completion bash
_rectify() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=${commands[0].name} word flags
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${names} " in *" $word "*) command=$word; break ;; esac
  done
  case $previous in
${[...choices].map(([flag, words]) => `    ${flag}) mapfile -t COMPREPLY < <(compgen -W '${words}' -- "$current"); return ;;`).join('\n')}
  esac
  case $command in
${flags.join('\n')}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    if ((COMP_CWORD == 1)); then
      mapfile -t -O \${#COMPREPLY[@]} COMPREPLY < <(compgen -W '${names}' -- "$current")
    fi
  fi
}
complete -o filenames -F _rectify rectify
`;
}

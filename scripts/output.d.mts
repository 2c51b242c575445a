/** Runs a program to its end, and gives what it printed; an error holds all of that. `cwd` is the project's root unless told. */
export function output(
  program: string,
  args: readonly string[],
  options?: { cwd?: string; env?: Record<string, string>; input?: string },
): string;

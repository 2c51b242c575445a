/** Whether there is a program at the path. */
export function runnable(path: string): boolean;

/** The path of the first of these programs that is on PATH. */
export function onPath(names: readonly string[], env?: NodeJS.ProcessEnv): string | undefined;

/** Installs a package of Debian's where that is possible; says so, and says if it failed. */
export function installOfDebian(name: string): void;

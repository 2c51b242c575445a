export function findChromium(env?: NodeJS.ProcessEnv): string | undefined;
export function installChromium(): void;
export const chromiumFlags: string[];

/** What the command ended with. Findings of an audit are no failure. */
export const exitCodes = { done: 0, badData: 1, badUsage: 2, disk: 3 } as const;

/** The signals that end the command early, and the exit code of each: 128 and the signal's number. */
export const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Why a command was aborted: a signal of the system's. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: keyof typeof signalCodes) {
    super(`ended by ${signal}`);
  }
}

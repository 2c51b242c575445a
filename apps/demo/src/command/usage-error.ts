/** Arguments that Commander takes one by one and that are wrong together, or for the table at hand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

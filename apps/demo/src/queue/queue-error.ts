/** The queue cannot do what it is asked for; the message says why, and holds no password. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}

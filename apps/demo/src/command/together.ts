/** Work that ends with the signal's reason when that is aborted. */
type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Two pieces of work, the second after the first. */
export async function oneByOne<A, B>(
  signal: AbortSignal | undefined,
  first: Work<A>,
  second: Work<B>,
): Promise<[A, B]> {
  const own = signal ?? new AbortController().signal;
  return [await first(own), await second(own)];
}

/** Two pieces of work at the same time. When one fails the other is stopped, and what failed first is thrown when both have ended. */
export async function together<A, B>(
  signal: AbortSignal | undefined,
  first: Work<A>,
  second: Work<B>,
): Promise<[A, B]> {
  const stop = new AbortController();
  const own = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const failures: unknown[] = [];
  const run = <T>(work: Work<T>): Promise<T> =>
    work(own).catch((error) => {
      failures.push(error);
      stop.abort(error);
      throw error;
    });
  const [a, b] = await Promise.allSettled([run(first), run(second)]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  throw failures[0];
}

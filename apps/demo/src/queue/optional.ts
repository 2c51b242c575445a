import { QueueError } from './queue-error.js';

/** A package that only the queue needs, and that an installation may lack. */
export async function optional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new QueueError(`the queue needs the package ${name}, which is not installed: npm install ${name}`, {
      cause,
    });
  }
}

import { engineVersion } from '@rectify/experiment';

/** What stands before all keys of ours in Redis. */
export const prefix = 'rectify';

/** The queue of one version of the engine: workers of another never see its chunks. */
export const queueOf = (engine: string): string => `chunks-${engine.replace(/\W+/g, '-')}`;
export const queueName = queueOf(engineVersion);

/** Results and tables that nobody asks for any more go after a week. */
export const keepSeconds = 7 * 24 * 3600;

export const tableKey = (hash: string): string => `${prefix}:table:${hash}`;
export const resultKey = (chunk: string): string => `${prefix}:result:${chunk}`;
export const jobKey = (chunk: string): string => `${prefix}:${queueName}:${chunk}`;
/** A hash: chunks that were done twice with different records. */
export const conflictsKey = `${prefix}:conflicts`;

/** How a chunk is called in messages. */
export const shortKey = (chunk: string): string => chunk.slice(0, 12);

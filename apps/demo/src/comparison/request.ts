import { prepareNames, splitNames } from '@rectify/experiment';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const texts = v.array(text);
const integer = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/**
 * Everything that decides what `rectify compare` answers, by the names of its options: what `--config FILE` holds, and the `request` of
 * a report. What is left out has its default. Lists are of the options that may be given again and again.
 */
export const requestSchema = v.strictObject({
  /** Path of the table; null or absent for the embedded one. */
  data: v.optional(v.nullable(text)),
  label: v.optional(text),
  target: v.optional(text),
  features: v.optional(texts),
  ignore: v.optional(texts),
  group: v.optional(texts),
  id: v.optional(texts),
  delimiter: v.optional(text),
  decimal: v.optional(v.picklist(['.', ','])),
  encoding: v.optional(text),
  missing: v.optional(texts),
  header: v.optional(v.boolean()),
  schema: v.optional(text),
  arms: v.optional(v.union([text, texts])),
  baseline: v.optional(text),
  seeds: v.optional(integer(2, 10_000)),
  seed: v.optional(integer(0, 4_294_957_295)),
  split: v.optional(v.picklist(splitNames)),
  hidden: v.optional(v.union([text, v.array(integer(0, 4096))])),
  epochs: v.optional(integer(1, 100_000)),
  batch: v.optional(integer(1, 1_000_000)),
  prepare: v.optional(v.picklist(prepareNames)),
});

export type Request = v.InferOutput<typeof requestSchema>;

/** A request that is none: which entry is wrong, what it is, and what is accepted. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** @throws RequestError that names the file and every entry that is wrong */
export function parseRequest(json: string, file: string): Request {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new RequestError(`--config ${file}: ${(cause as Error).message}`, { cause });
  }
  const result = v.safeParse(requestSchema, data);
  if (result.success) return result.output;
  const said = result.issues.map((issue) => {
    const path = v.getDotPath(issue);
    const known = Object.keys(requestSchema.entries).join(', ');
    if (issue.type === 'strict_object' && issue.expected === 'never')
      return `there is no option ${path}; there are ${known}`;
    return `${path ?? 'the file'} must be ${issue.expected ?? 'valid'}, got ${issue.received}`;
  });
  throw new RequestError(`--config ${file}: ${said.join('; ')}`);
}

/** The command that repeats a request, for a POSIX shell. */
export function commandOf(request: Request): string {
  const words = ['rectify', 'compare'];
  if (request.data) words.push(request.data);
  for (const [name, value] of Object.entries(request)) {
    if (name === 'data' || value === undefined || value === null) continue;
    if (name === 'header') {
      if (value === false) words.push('--no-header');
    } else if (name === 'arms' || name === 'hidden') {
      words.push(`--${name}`, Array.isArray(value) ? value.join(name === 'arms' ? ',' : 'x') : String(value));
    } else for (const one of [value].flat()) words.push(`--${name}`, String(one));
  }
  return words.map(quoted).join(' ');
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

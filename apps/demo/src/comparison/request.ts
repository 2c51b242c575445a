import { thousandsMarks } from '@rectify/dataset';
import { type PrepareName, prepareNames, type SplitName, splitNames } from '@rectify/experiment';
import * as v from 'valibot';
import { limits } from './limits.js';

const text = v.pipe(v.string(), v.minLength(1));
const texts = v.array(text);
const integer = ([low, high]: readonly [number, number]) => {
  const accepted = `an integer from ${low} to ${high}`;
  return v.pipe(
    v.number(accepted),
    v.integer(accepted),
    v.minValue(low, accepted),
    v.maxValue(high, accepted),
  );
};

/** The entries that say how a table is read; its FILE is `data`, null or absent for the embedded one. */
const tableEntries = {
  data: v.optional(v.nullable(text)),
  label: v.optional(text),
  target: v.optional(text),
  features: v.optional(texts),
  ignore: v.optional(texts),
  group: v.optional(texts),
  id: v.optional(texts),
  delimiter: v.optional(text),
  decimal: v.optional(v.picklist(['.', ','])),
  thousands: v.optional(v.picklist(thousandsMarks)),
  encoding: v.optional(text),
  missing: v.optional(texts),
  header: v.optional(v.boolean()),
  schema: v.optional(text),
};

/** Those that say what is compared. */
const designEntries = {
  arms: v.optional(v.union([text, texts])),
  baseline: v.optional(text),
  seeds: v.optional(integer(limits.seeds)),
  seed: v.optional(integer(limits.seed)),
  split: v.optional(v.picklist(splitNames)),
  hidden: v.optional(v.union([text, v.array(integer([0, 4096]))])),
  epochs: v.optional(integer(limits.epochs)),
  batch: v.optional(integer(limits.batch)),
  prepare: v.optional(v.picklist(prepareNames)),
};

/**
 * Everything that decides what `rectify compare` answers, by the names of its options: what `--config FILE` holds, and the `request` of
 * a report. What is left out has its default. Lists are of the options that may be given again and again.
 */
export interface Request {
  readonly data?: string | null | undefined;
  readonly label?: string | undefined;
  readonly target?: string | undefined;
  readonly features?: string[] | undefined;
  readonly ignore?: string[] | undefined;
  readonly group?: string[] | undefined;
  readonly id?: string[] | undefined;
  readonly delimiter?: string | undefined;
  readonly decimal?: '.' | ',' | undefined;
  readonly encoding?: string | undefined;
  readonly missing?: string[] | undefined;
  readonly header?: boolean | undefined;
  readonly schema?: string | undefined;
  readonly arms?: string | string[] | undefined;
  readonly baseline?: string | undefined;
  readonly seeds?: number | undefined;
  readonly seed?: number | undefined;
  readonly split?: SplitName | undefined;
  readonly hidden?: string | number[] | undefined;
  readonly epochs?: number | undefined;
  readonly batch?: number | undefined;
  readonly prepare?: PrepareName | undefined;
}

/** @internal */
export const requestSchema = v.strictObject({ ...tableEntries, ...designEntries } satisfies Record<
  keyof Request,
  unknown
>);

/** @internal */
export const designNames = Object.keys(designEntries) as (keyof typeof designEntries)[];
export const requestNames = Object.keys(requestSchema.entries) as (keyof Request)[];

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
    const accepted = issue.message.startsWith('Invalid') ? (issue.expected ?? 'valid') : issue.message;
    return `${path ?? 'the file'} must be ${accepted}, got ${issue.received}`;
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
      words.push(value ? '--header' : '--no-header');
    } else if (name === 'arms' || name === 'hidden') {
      words.push(`--${name}`, Array.isArray(value) ? value.join(name === 'arms' ? ',' : 'x') : String(value));
    } else for (const one of [value].flat()) words.push(`--${name}`, String(one));
  }
  return words.map(quoted).join(' ');
}

/** A word for a POSIX shell. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

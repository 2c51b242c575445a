import {
  type DesignOptions,
  defaultArms,
  hiddenUnits,
  parseArm,
  prepareNames,
  splitNames,
} from '@rectify/experiment';
import { limits } from '../../../comparison/limits.js';
import type { Request } from '../../../comparison/request.js';
import { choice, codec, integer, passes, type StateOf, text, texts } from '../../route/codec.js';
import { placeState } from '../../route/route.js';
import { tableFields } from '../../table/table-fields.js';

const fields = {
  ...tableFields,
  /** The arms, as the command's --arms has them. */
  f: texts(defaultArms, passes(parseArm)),
  seeds: integer(32, ...limits.seeds),
  seed: integer(1, ...limits.seed),
  split: choice<'auto' | (typeof splitNames)[number]>('auto', ['auto', ...splitNames]),
  hidden: text('3', passes(hiddenUnits)),
  epochs: integer(100, ...limits.epochs),
  prepare: choice('standardised', prepareNames),
  /** By which measure the arms stand in order; a minus in front: the largest first. */
  sort: text(),
};

export type CompareState = StateOf<typeof fields>;

export const compareState = placeState('compare', codec(fields));

/** What the state asks for, where it is not the default. */
export function optionsOf(state: CompareState): DesignOptions {
  const { f, seeds, seed, split, hidden, epochs, prepare } = state;
  return { arms: f, seeds, seed, hidden, epochs, prepare, ...(split !== 'auto' && { split }) };
}

/** The files that the command needs beside the request, where the page holds what no option says. */
export const schemaFile = 'schema.json';
export const embeddedFile = 'embedded.csv';

/** Kinds of columns, and anything about the embedded table's, are said to the command by a schema. */
const needsSchema = ({ table, label, columns }: CompareState) =>
  columns.some(({ as }) => as === 'category' || as === 'number') ||
  (table === '' && (label !== '' || columns.length > 0));

/** The same as the command takes it. */
export function requestOf(state: CompareState): Request {
  const { fallback } = codec(fields);
  const { f, split, table, label, columns } = state;
  const given = (['seeds', 'seed', 'hidden', 'epochs', 'prepare'] as const).filter(
    (name) => state[name] !== fallback[name],
  );
  const of = (as: string) => columns.filter((column) => column.as === as).map(({ name }) => name);
  const [ignore, group, id] = [of('ignore'), of('group'), of('id')];
  const read = needsSchema(state)
    ? { data: table || embeddedFile, schema: schemaFile }
    : {
        ...(table !== '' && { data: table }),
        ...(table !== '' && label !== '' && { label }),
        ...(ignore.length > 0 && { ignore }),
        ...(group.length > 0 && { group }),
        ...(id.length > 0 && { id }),
      };
  return {
    ...read,
    ...(f.join() !== defaultArms.join() && { arms: f.join() }),
    ...(split !== 'auto' && { split }),
    ...Object.fromEntries(given.map((name) => [name, state[name]])),
  };
}

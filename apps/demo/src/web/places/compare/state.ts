import {
  type DesignOptions,
  defaultArms,
  hiddenUnits,
  parseArm,
  prepareNames,
  splitNames,
} from '@rectify/experiment';
import type { Request } from '../../../comparison/request.js';
import { choice, codec, integer, passes, type StateOf, text, texts } from '../../route/codec.js';
import { placeState } from '../../route/route.js';
import { tableFields } from '../../table/table-fields.js';

const fields = {
  ...tableFields,
  /** The arms, as the command's --arms has them. */
  f: texts(defaultArms, passes(parseArm)),
  seeds: integer(32, 2, 10_000),
  seed: integer(1, 0, 4_294_957_295),
  split: choice<'auto' | (typeof splitNames)[number]>('auto', ['auto', ...splitNames]),
  hidden: text('3', passes(hiddenUnits)),
  epochs: integer(100, 1, 100_000),
  prepare: choice('standardised', prepareNames),
};

export type CompareState = StateOf<typeof fields>;

export const compareState = placeState('compare', codec(fields));

/** What the state asks for, where it is not the default. */
export function optionsOf(state: CompareState): DesignOptions {
  const { f, seeds, seed, split, hidden, epochs, prepare } = state;
  return { arms: f, seeds, seed, hidden, epochs, prepare, ...(split !== 'auto' && { split }) };
}

/** The same as the command takes it. */
export function requestOf(state: CompareState): Request {
  const { fallback } = codec(fields);
  const { f, split, table, label, columns } = state;
  const given = (['seeds', 'seed', 'hidden', 'epochs', 'prepare'] as const).filter(
    (name) => state[name] !== fallback[name],
  );
  const of = (as: string) => columns.filter((column) => column.as === as).map(({ name }) => name);
  const [ignore, group, id] = [of('ignore'), of('group'), of('id')];
  return {
    ...(table !== '' && { data: table }),
    ...(table !== '' && label !== '' && { label }),
    ...(ignore.length > 0 && { ignore }),
    ...(group.length > 0 && { group }),
    ...(id.length > 0 && { id }),
    ...(f.join() !== defaultArms.join() && { arms: [...f] }),
    ...(split !== 'auto' && { split }),
    ...Object.fromEntries(given.map((name) => [name, state[name]])),
  };
}

import { prepareNames } from '@rectify/experiment';
import { limits } from '../../../comparison/limits.js';
import { choice, codec, integer } from '../../route/codec.js';
import { placeState } from '../../route/route.js';
import { tableFields } from '../../table/table-fields.js';

export const dataState = placeState(
  'data',
  codec({
    ...tableFields,
    /** What the histograms show. */
    as: choice('raw', prepareNames),
    /** The row that is shown before and after, the first is 1. */
    row: integer(1, 1, 2 ** 31),
    /** Of the random split whose twins are shown. */
    seed: integer(1, ...limits.seed),
  }),
);

import { Refused } from '../../frame/refused.js';
import { placeOf } from '../../route/places.js';
import { table } from '../../table/table.js';
import { TableBar } from '../../table/table-bar.js';
import { AuditSection } from './audit-section.js';
import { BeforeAfter } from './before-after.js';
import { Columns } from './columns.js';
import { FirstRows } from './first-rows.js';
import { Histograms } from './histograms.js';
import { dataState } from './state.js';
import { Twins } from './twins.js';

/** The table that is open: what it is taken for, and what would mislead. */
export default function Data() {
  const open = table.value;
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('data').title}</h1>
      <Refused of={dataState} />
      <section>
        <TableBar />
      </section>
      {open && (
        <>
          <Columns key={`columns ${open.info.sha256}`} open={open} />
          <AuditSection open={open} />
          <Twins open={open} />
          <Histograms open={open} />
          <BeforeAfter open={open} />
          <FirstRows info={open.info} />
        </>
      )}
    </>
  );
}

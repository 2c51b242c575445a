import type { TableInfo } from '../../worker/table-info.js';
import { CellsTable } from './cells-table.js';

export const FirstRows = ({ info }: { info: TableInfo }) => (
  <section>
    <h2>The first rows</h2>
    <CellsTable
      label="The first rows"
      columns={info.columns.map(({ name }) => name)}
      rows={info.firstRows}
      names={info.firstRows.map((_, i) => String(i + 1))}
    />
  </section>
);

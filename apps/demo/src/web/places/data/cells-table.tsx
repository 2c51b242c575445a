import type { Row } from '@rectify/dataset';
import { Scroll } from '../../../view/scroll.js';

interface Props {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What each row is called. */
  readonly names: readonly string[];
}

/** Cells as they stand in the table; a dash where one is missing. */
export const CellsTable = ({ label, columns, rows, names }: Props) => (
  <Scroll label={label}>
    <table class="stack broad flow">
      <thead>
        <tr>
          <th scope="col">row</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, i) => (
          <tr key={`${i} ${names[i]}`}>
            <th scope="row">{names[i]}</th>
            {columns.map((name) => (
              <td key={name} data-name={name}>
                {cells[name] ?? '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

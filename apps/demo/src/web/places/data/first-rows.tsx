import { Scroll } from '../../../view/scroll.js';
import type { TableInfo } from '../../worker/table-info.js';

export const FirstRows = ({ info }: { info: TableInfo }) => (
  <section>
    <h2>The first rows</h2>
    <Scroll label="The first rows">
      <table>
        <thead>
          <tr>
            {info.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {info.firstRows.map((row, index) => (
            <tr key={index}>
              {info.columns.map(({ name }) => (
                <td key={name}>{row[name] ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </section>
);

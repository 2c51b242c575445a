import { choose, type Open } from './table.js';

/** Which column is told or predicted. */
export const LabelChoice = ({ open: { info }, id }: { open: Open; id?: string }) => (
  <label>
    Column to tell or to predict
    <select
      id={id}
      value={info.label ?? ''}
      onChange={(event) => choose({ label: event.currentTarget.value, columns: [] })}
    >
      {info.label === undefined && <option value="">choose…</option>}
      {info.columns.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  </label>
);

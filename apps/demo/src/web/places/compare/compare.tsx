import { placeOf } from '../../route/places.js';
import { TableBar } from '../../table/table-bar.js';

export default function Compare() {
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('compare').title}</h1>
      <section>
        <TableBar />
      </section>
    </>
  );
}

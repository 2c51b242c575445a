import { notOpened } from '../table/table.js';

/** Which of several files that were given was taken. It always stands in the page, so that what comes into it is announced. */
export const NotOpened = () => (
  <div role="status">{notOpened.value && <p class="note">{notOpened.value}</p>}</div>
);

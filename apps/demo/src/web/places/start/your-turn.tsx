import { hrefOf } from '../../route/route.js';
import { FilePicker } from '../../table/file-picker.js';

/** A table of one's own. */
export const YourTurn = () => (
  <section>
    <h2>Your turn: is it worth it on your data?</h2>
    <p>
      Open a CSV with a column to predict. It is audited for what would mislead, small networks with each
      activation are trained side by side, and you get one sentence that says what the difference is, and how
      sure that is. The file never leaves this browser.
    </p>
    <div class="controls">
      <FilePicker label="Open a CSV" primary />
      <a class="button" href={hrefOf('data')}>
        Look at the tutorial's kind of table
      </a>
    </div>
    <p class="muted">Or drop a file anywhere on this page, or paste a table.</p>
  </section>
);

import { useEffect, useState } from 'preact/hooks';
import { style } from '../view/style.js';
import { ArticleSection } from './article-section.js';
import { CurvesSection } from './curves-section.js';
import { TableSection } from './table-section.js';
import { TrainSection } from './train-section.js';
import { webStyle } from './web-style.js';
import type { OpenedTable } from './worker.js';
import { worker } from './worker-client.js';

export function App() {
  const [table, setTable] = useState<OpenedTable>();
  // One worker, one job at a time: each section says here when it has the worker.
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    worker.openEmbedded().then(setTable);
  }, []);
  // A new table makes new sections, so that no result of another table stays on the page.
  return (
    <>
      <style>{style + webStyle}</style>
      <main>
        <h1>ReLU or Leaky ReLU?</h1>
        <p class="lead">
          See the two functions, train a small network with Leaky ReLU on a table of blood values, and look
          again at a well-known tutorial's result.
        </p>
        <CurvesSection />
        <TableSection table={table} onTable={setTable} busy={busy} />
        <TrainSection key={`train ${table?.id}`} ready={table !== undefined} busy={busy} onBusy={setBusy} />
        <ArticleSection
          key={`article ${table?.id}`}
          ready={table !== undefined}
          busy={busy}
          onBusy={setBusy}
        />
      </main>
    </>
  );
}

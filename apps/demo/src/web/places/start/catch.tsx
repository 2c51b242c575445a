/** What the tutorial reports, and what is true of it. */
export const Catch = ({ replay }: { replay: string }) => (
  <section class="card">
    <h2>The catch: the tutorial that shows it off never trained anything</h2>
    <ol class="catch">
      <li>
        <strong>61.96 %</strong>
        accuracy, it reports: 500 of 807 training rows, after 100 epochs
      </li>
      <li class="bad">
        <strong>0</strong>
        is the largest change of any weight in those 100 epochs
      </li>
      <li>
        <strong>It never learnt</strong>
        61.96 % is the share of Normal rows: it answers Normal to everyone
      </li>
    </ol>
    <p>
      <a class="button primary" href={replay}>
        Replay it here
      </a>
    </p>
  </section>
);

/** A table as a list of rows, each cell after the name of its column: where its columns have no room beside each other. */
const stacked = (table: string) => `
  ${table}, ${table} :is(tbody, tr, th, td, caption) { display: block; }
  ${table} thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  ${table}.sortable thead { position: static; width: auto; height: auto; clip-path: none; }
  ${table}.sortable thead th { white-space: normal; }
  ${table}.sortable thead tr { display: flex; flex-wrap: wrap; gap: 0 1rem; }
  ${table} tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  ${table} tbody :is(th, td) { border: 0; padding: .1rem 0; white-space: normal; text-align: left; }
  ${table} small { display: inline; }
  ${table} td:empty { display: none; }
  ${table}.flow tbody th { display: inline-block; margin-right: 1rem; } ${table}.flow tbody td { display: inline-block; margin-right: .8rem; }
  ${table} td::before { content: attr(data-name) ": "; color: var(--muted); }
`;

/** The style that the report and the web app share. Charts take their colours from the variables. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fcfcfa, #14171b);
  --panel: light-dark(#ffffff, #1b1f24);
  --ink: light-dark(#1d2126, #e8eaed);
  --muted: light-dark(#5d6570, #a3abb5);
  --rule: light-dark(#dfe2e6, #343a42);
  --accent: light-dark(#0b63c5, #6cb2ff);
  --bad: light-dark(#b3261e, #ff8a80);
  --series-1: light-dark(#b8bfc9, #59616c);
  --series-2: light-dark(#0b4f9e, #7cbaff);
  --series-3: light-dark(#b93d0a, #ff9f5a);
  --series-4: light-dark(#15703a, #5fd08a);
  --series-5: light-dark(#7a2fa0, #d3a0f5);
  --series-6: light-dark(#8a6a00, #e6c34d);
  --series-7: light-dark(#0e7490, #5ed0e6);
  --series-8: light-dark(#a21c5b, #ff9cc7);
  --series-9: light-dark(#44403c, #d6d3d1);
  --series-10: light-dark(#4d7c0f, #bef264);
}
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }
main > section { background: var(--panel); border: 1px solid var(--rule); border-radius: .6rem; padding: 1.1rem 1.25rem; margin: 1.25rem 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem 1.5rem; }
.pair > * { min-width: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .25rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:last-child, td:last-child { padding-right: .1rem; }
th { font-weight: 600; }
th[scope=row], th:first-child { text-align: left; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
.lead { font-size: 1.1rem; }
.verdict { border-left: 4px solid var(--accent); padding-left: .75rem; font-weight: 600; }
.muted { color: var(--muted); }
.whole, td small { white-space: nowrap; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
details { margin: .5rem 0; } summary { cursor: pointer; }
.findings { list-style: none; padding: 0; }
.findings > li { border-left: 4px solid var(--rule); padding-left: .75rem; margin: .75rem 0; }
.findings > .error { border-color: var(--bad); } .findings > .error > p > strong { color: var(--bad); } .findings > .warning { border-color: var(--series-6); }
.chart { margin: .75rem 0; max-width: 36rem; break-inside: avoid; }
.chart figcaption { font-weight: 600; }
.chart > svg { display: block; width: 100%; height: auto; overflow: visible; }
.chart text { fill: var(--muted); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.chart text.name { fill: var(--ink); }
.frame .grid { stroke: var(--rule); fill: none; }
.frame .axis { stroke: var(--muted); fill: none; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: 0; margin: .2rem 0; font-size: .9rem; }
.legend svg { vertical-align: middle; margin-right: .4rem; }
.series { fill: none; stroke-linejoin: round; }
.series-1 { stroke: var(--series-1); } .dot-1, .band-1 { fill: var(--series-1); }
.series-2 { stroke: var(--series-2); } .dot-2, .band-2 { fill: var(--series-2); }
.series-3 { stroke: var(--series-3); } .dot-3, .band-3 { fill: var(--series-3); }
.series-4 { stroke: var(--series-4); } .dot-4, .band-4 { fill: var(--series-4); }
.series-5 { stroke: var(--series-5); } .dot-5, .band-5 { fill: var(--series-5); }
.series-6 { stroke: var(--series-6); } .dot-6, .band-6 { fill: var(--series-6); }
.series-7 { stroke: var(--series-7); } .dot-7, .band-7 { fill: var(--series-7); }
.series-8 { stroke: var(--series-8); } .dot-8, .band-8 { fill: var(--series-8); }
.series-9 { stroke: var(--series-9); } .dot-9, .band-9 { fill: var(--series-9); }
.series-10 { stroke: var(--series-10); } .dot-10, .band-10 { fill: var(--series-10); }
.shade { fill: var(--muted); opacity: .14; } .shade.dead { fill: var(--bad); }
.chart text.shade-name { font-size: 11px; }
.mark { stroke: var(--panel); stroke-width: 1.5; }
.band { opacity: .18; stroke: none; }
.network circle { fill: var(--panel); stroke: var(--series-2); stroke-width: 2; }
.network .weights { stroke: var(--muted); stroke-width: 1; fill: none; }
.network text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.tracer line { stroke: var(--muted); stroke-dasharray: 2 3; }
.dot { stroke: var(--panel); stroke-width: 1.5; }
.intervals .region { fill: var(--rule); opacity: .6; }
.intervals .interval text { fill: var(--ink); }
.intervals .interval path { stroke: var(--accent); stroke-width: 2; fill: none; }
.intervals .interval circle { fill: var(--accent); }
.bar { fill: var(--series-2); } .bar-negative { fill: var(--series-3); }
@media (min-width: 40.01rem) {
  .sortable, .wraps { font-size: .9rem; } .sortable :is(th, td) { padding-right: .5rem; } .sortable th, .wraps th, .wraps td { white-space: normal; vertical-align: baseline; }
}
.confusion td:last-child { min-width: 5.5em; } .confusion :is(th, td) { padding-right: .5rem; }
@media (min-width: 40.01rem) { .stack small { display: block; } }
@media (max-width: 40rem) {${stacked('.stack')}}
@media screen and (max-width: 64rem) {${stacked('.stack.broad')}}
@media screen and (min-width: 40.01rem) and (max-width: 64rem) {
  .stack.broad:not(.flow) tbody tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.4rem; }
  .stack.broad:not(.flow) tbody th { flex-basis: 100%; }
}
@media print {
  :root, :root[data-theme] { color-scheme: light; }
  body { background: #fff; color: #000; }
  .scroll { overflow: visible; } table { font-size: .7rem; } th, td { white-space: normal; padding-right: .4rem; }
  .sortable, .wraps { font-size: .66rem; } .sortable td { white-space: nowrap; } .sortable :is(th, td) { padding-right: .25rem; } details:not([open]) { display: none; }
  main > section { break-inside: avoid; }
}
`;

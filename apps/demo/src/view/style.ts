/** The style that the report and the web app share. Charts take their colours from the variables. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --panel: #ffffff; --ink: #1d2126; --muted: #5d6570; --rule: #dfe2e6;
  --accent: #0b63c5; --bad: #b3261e;
  --series-1: #5d6570; --series-2: #0b63c5; --series-3: #c2410c; --series-4: #15803d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --panel: #1b1f24; --ink: #e8eaed; --muted: #a3abb5; --rule: #343a42;
    --accent: #6cb2ff; --bad: #ff8a80;
    --series-1: #a3abb5; --series-2: #6cb2ff; --series-3: #ff9f5a; --series-4: #5fd08a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }
section { background: var(--panel); border: 1px solid var(--rule); border-radius: .6rem; padding: 1.1rem 1.25rem; margin: 1.25rem 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem 1.5rem; }
.pair > * { min-width: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .25rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { font-weight: 600; }
th[scope=row], th:first-child { text-align: left; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
.lead { font-size: 1.1rem; }
.verdict { border-left: 4px solid var(--accent); padding-left: .75rem; font-weight: 600; }
.muted { color: var(--muted); }
.chart svg { display: block; width: 100%; max-width: 34rem; height: auto; }
`;

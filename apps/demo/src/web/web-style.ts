/** What the web app needs beyond the report's style: controls, live charts, the place to drop a file. */
export const webStyle = `
.controls, .job { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: .75rem 0; }
.controls output { min-width: 2.5rem; font-variant-numeric: tabular-nums; }
input[type=range] { width: min(18rem, 60vw); vertical-align: middle; accent-color: var(--accent); }
input[type=number] { width: 8rem; }
input[type=number], button, .file {
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--rule); border-radius: .4rem; padding: .35rem .8rem;
}
button, .file { cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--panel); font-weight: 600; }
button.small { padding: .1rem .6rem; }
button:focus-visible, input:focus-visible, .live-chart:focus-visible, .file:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
.file input { position: absolute; width: 1px; height: 1px; opacity: 0; }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border: 0; margin: 0; padding: 0; }
legend { float: left; padding: 0 1rem 0 0; }
progress { width: min(18rem, 60vw); accent-color: var(--accent); }
.live-chart { touch-action: pan-y; }
.live-chart .chart { max-width: none; }
.traced { margin: 0; min-height: 1.6em; color: var(--muted); font-size: .9rem; font-variant-numeric: tabular-nums; }
.error { color: var(--bad); font-weight: 600; overflow-wrap: anywhere; }
.over { outline: 3px dashed var(--accent); }
`;

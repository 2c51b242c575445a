import { escapeControls } from '../arguments/assert.js';

/** Columns of text under a header; numbers to the right, a missing cell as `–`, long cells shortened. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (number | string | null)[])[],
): string {
  const numeric = header.map((_, j) => rows.every((row) => typeof row[j] !== 'string'));
  const lines = [header, ...rows].map((row) => row.map((cell) => cellText(cell)));
  const widths = header.map((_, j) => Math.max(...lines.map((line) => line[j].length)));
  const draw = (line: string[]) =>
    line
      .map((cell, j) => (numeric[j] ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
      .join('  ')
      .trimEnd();
  const [head, ...body] = lines.map(draw);
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n');
}

function cellText(cell: number | string | null): string {
  if (cell === null || Number.isNaN(cell)) return '–';
  if (typeof cell === 'number')
    return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(5)));
  const cut = cell.length > 32 ? `${cell.slice(0, 31)}…` : cell;
  return escapeControls(cut);
}

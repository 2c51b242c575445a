/** Columns of text under a header; numbers to the right, a missing cell as `–`. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (number | string | null)[])[],
): string {
  const numeric = header.map((_, j) => rows.every((row) => typeof row[j] !== 'string'));
  const lines = [header, ...rows].map((row) => row.map(cellText));
  const widths = header.map((_, j) => Math.max(...lines.map((line) => line[j].length)));
  return lines
    .map((line) =>
      line
        .map((cell, j) => (numeric[j] ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

// A cell of somebody's file may hold what moves the cursor or fakes a line.
const cellText = (cell: number | string | null): string => {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return '–';
  const text = typeof cell === 'number' ? String(Number(cell.toPrecision(5))) : cell;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '�');
};

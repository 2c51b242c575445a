import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { sampleDiabetes } from '../dist/index.js';

/** Writes a CSV of about `megabytes` MB with the columns of the diabetes table: its rows over and over, with other decimals. */
export async function generate(path, megabytes) {
  const size = megabytes * 1e6;
  if (existsSync(path) && statSync(path).size >= size) return;
  const table = sampleDiabetes();
  const rows = table.toRows();
  const part = `${path}.part`;
  const out = createWriteStream(part);
  out.write(`${table.columnNames.join(',')}\n`);
  let written = 0;
  for (let round = 0; written < size; round++) {
    const lines = rows.map((row, i) => {
      const shift = ((round * 31 + i * 7) % 100) / 100;
      return Object.values(row)
        .map((cell, j) => (j > 0 && j < 5 ? (cell + shift).toFixed(2) : cell))
        .join(',');
    });
    const text = `${lines.join('\n')}\n`;
    written += text.length;
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  renameSync(part, path);
}

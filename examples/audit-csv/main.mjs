// node main.mjs [file]: what is wrong with a table before anybody learns from it.
import { fileURLToPath } from 'node:url';
import { audit, formatNote, split, summarize } from '@rectify/dataset';
import { openTableFile } from '@rectify/dataset/node';

const path = process.argv[2] ?? fileURLToPath(new URL('patients.csv', import.meta.url));
const { table, notes } = await openTableFile(path);
console.log(`How ${path} was read:`);
for (const note of notes) console.log(`- ${formatNote(note)}`);
console.log(`\n${summarize(table).rows} rows.\n`);
console.log(String(audit(table, { split: split(table, { method: 'random', seed: 1 }) })));

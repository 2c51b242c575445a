// Writes two files of one run again and again until it is killed: what write-files.test.ts starts as a process.
import { writeFilesTogether } from '../src/report/write-files.js';

const [folder, name] = process.argv.slice(2);
for (let turn = 0; ; turn++) {
  const text = `${name} ${turn}\n`.repeat(5000);
  await writeFilesTogether(folder, { 'report.json': text, 'report.html': text });
  if (turn === 0) process.stdout.write('first\n');
}

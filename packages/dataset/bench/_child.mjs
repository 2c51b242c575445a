// One reader in a process of its own, so that its peak memory is its own. Prints one line of JSON.
import { readers } from './_readers.mjs';

const [name, path, audited] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const begun = performance.now();
const { rows, table, peak: ofChild, cpu: cpuOfChild } = await readers[name](path);
const seconds = (performance.now() - begun) / 1000;
const used = process.cpuUsage(cpu);
const peak = ofChild ?? process.resourceUsage().maxRSS * 1024;
const result = {
  rows,
  seconds,
  cpu: cpuOfChild ?? (used.user + used.system) / 1e6,
  peak,
  before: ofChild ? 0 : before,
};
if (audited && table) {
  const { audit } = await import('../dist/index.js');
  const start = performance.now();
  audit(table);
  result.audit = (performance.now() - start) / 1000;
}
console.log(JSON.stringify(result));

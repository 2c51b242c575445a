// One reader in a process of its own, so that its peak memory is its own. Prints one line of JSON.
import { readers } from './_readers.mjs';

const [name, path] = process.argv.slice(2);
const before = process.memoryUsage.rss();
const begun = performance.now();
const rows = await readers[name](path);
const seconds = (performance.now() - begun) / 1000;
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ rows, seconds, peak, before }));

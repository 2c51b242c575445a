// What runs in the page of the case `responsive`: the asynchronous form on the main thread, watched by the browser's own observer of tasks
// over 50 ms, and by a timer.
import { train } from '../src/index.js';
import { work } from './work.js';

const tasks: number[] = [];
await train({ ...work(30), epochs: 10 }); // loads and compiles
const observer = new PerformanceObserver((list) =>
  tasks.push(...list.getEntries().map(({ duration }) => duration)),
);
observer.observe({ entryTypes: ['longtask'] });
let late = 0;
let before = performance.now();
const timer = setInterval(() => {
  const now = performance.now();
  late = Math.max(late, now - before);
  before = now;
}, 5);
const start = performance.now();
await train(work(30));
const wall = (performance.now() - start) / 1e3;
clearInterval(timer);
await new Promise((resolve) => setTimeout(resolve, 100)); // what was observed last is told
Object.assign(globalThis, { measured: { tasks, late, wall } });

// The command as a process, training on its own thread: worker threads need the built packages.
import { main } from '../src/command/main.js';

await main();

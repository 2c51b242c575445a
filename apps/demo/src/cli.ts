#!/usr/bin/env node
import { Interrupted, signalCodes } from './command/exit-codes.js';
import { runCommand } from './command/run.js';

const interrupt = new AbortController();
// Once: the second signal of a kind ends the process at once, as it does where nobody listens.
for (const signal of Object.keys(signalCodes) as (keyof typeof signalCodes)[])
  process.once(signal, () => interrupt.abort(new Interrupted(signal)));

process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
});

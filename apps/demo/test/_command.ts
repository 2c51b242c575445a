import { Writable } from 'node:stream';
import { runCommand } from '../src/command/run.js';

const collector = () => {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
};

/** Runs the command in this process. */
export async function rectify(args: readonly string[], signal?: AbortSignal) {
  const stdout = collector();
  const stderr = collector();
  const streams = { stdout: stdout.stream, stderr: stderr.stream };
  const code = await runCommand(args, { ...streams, ...(signal ? { signal } : {}) });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

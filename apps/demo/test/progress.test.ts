import { Writable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

/** A terminal as ora uses it. */
function terminal() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const nothing = () => true;
  const cursor = { cursorTo: nothing, clearLine: nothing, moveCursor: nothing };
  return { stream: Object.assign(stream, { isTTY: true, columns: 80, ...cursor }), text: () => text };
}

it.each([
  ['', true],
  ['1', false],
])('progress on a terminal with NO_COLOR=%j', async (value, coloured) => {
  vi.stubEnv('FORCE_COLOR', '1'); // read once, when the module of colours is loaded: so it is loaded here
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
  vi.stubEnv('NO_COLOR', value);
  const { Progress } = await import('../src/command/progress.js');
  const { Output } = await import('../src/command/output.js');
  const { stream, text } = terminal();
  const progress = new Progress(new Output(stream, 'standard error'));
  progress.show('training 9 arms', 0.25, 11.2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  progress.stop();
  expect(text()).toContain('training 9 arms: 25 %, about 12 s left');
  expect(text().includes(`${String.fromCharCode(27)}[36m`)).toBe(coloured);
});

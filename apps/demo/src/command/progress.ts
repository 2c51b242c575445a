import ora from 'ora';
import type { Output } from './output.js';

/**
 * How far the work is, on standard error: a line that changes where a person watches, and one line for each task where nobody does (a pipe,
 * a log).
 */
export class Progress {
  readonly #spinner: ReturnType<typeof ora>;
  #task = '';

  constructor(stderr: Output) {
    this.#spinner = ora({
      stream: stderr.stream as NodeJS.WriteStream,
      discardStdin: false,
      color: process.env.NO_COLOR ? false : 'cyan', // see no-color.org; ora does not look
    });
  }

  show(task: string, share: number, secondsLeft?: number): void {
    const left = secondsLeft === undefined ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
    const text = `${task}: ${Math.floor(100 * share)} %${left}`;
    if (task !== this.#task) {
      this.#task = task;
      this.#spinner.start(text);
    } else this.#spinner.text = text;
  }

  stop(): void {
    this.#task = '';
    this.#spinner.stop();
  }
}

import type { Command } from 'commander';
import { serve } from '../serve/serve.js';
import type { Context } from './context.js';
import { integer } from './numbers.js';

interface ServeArguments {
  port: number;
  host: string;
}

export function addServe(program: Command, { stdout, signal }: Context): void {
  program
    .command('serve')
    .description('serve the web app, until Ctrl-C')
    .option('--port <n>', '0 takes any that is free', integer(0, 65535), 4173)
    .option('--host <name>', 'the address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .action(async ({ port, host }: ServeArguments) => {
      const { url, ended } = await serve({ port, host, signal });
      stdout.write(`${url}\n`);
      await ended;
      signal?.throwIfAborted();
    });
}

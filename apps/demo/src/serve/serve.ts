import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { headers } from './policy.js';

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** The built web app; by default the one of this package. */
  readonly folder?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The web app cannot be served: it is not built, or the port is not to be had. */
export class ServeError extends Error {
  override readonly name = 'ServeError';
}

const built = fileURLToPath(new URL('../web', import.meta.url));

/**
 * Serves the web app, its files as they lie there, until the signal: resolves to its address, and to what ends when it has stopped.
 *
 * @throws ServeError (as a rejection) where the app is not built or the port is taken
 */
export async function serve(options: ServeOptions): Promise<{ url: string; ended: Promise<void> }> {
  const { port, host, folder = built, signal } = options;
  signal?.throwIfAborted();
  if (!existsSync(`${folder}/index.html`))
    throw new ServeError(`the web app is not built: ${folder} has no index.html`);
  const files = sirv(folder, {
    etag: true,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      // Names of files in assets/ hold a hash of what is in them; all others are asked for again.
      response.setHeader(
        'Cache-Control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const said =
        error.code === 'EADDRINUSE'
          ? `port ${port} of ${host} is taken: another one can be named by --port, and 0 takes any that is free`
          : `${host}:${port} cannot be listened on: ${error.message}`;
      reject(new ServeError(said, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://${isIPv6(host) ? `[${host}]` : host}:${own}/`, ended };
}

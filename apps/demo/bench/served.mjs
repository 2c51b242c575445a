// The built app as a static host gives it: with the headers of `rectify serve`, compressed.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { headers } from '../dist/serve/policy.js';

const folder = fileURLToPath(new URL('../dist/web', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.md': 'text/markdown; charset=utf-8',
};

/** Serves it on a free port; `close` ends that. */
export async function served() {
  const kept = new Map();
  const fileOf = async (path) => {
    if (!kept.has(path)) kept.set(path, gzipSync(await readFile(join(folder, path)), { level: 9 }));
    return kept.get(path);
  };
  const server = createServer(async (request, response) => {
    const asked = normalize(new URL(request.url, 'http://page').pathname);
    const path = asked.endsWith('/') ? join(asked, 'index.html') : asked;
    try {
      const body = await fileOf(path);
      const type = types[extname(path)] ?? 'application/octet-stream';
      const cache = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response
        .writeHead(200, {
          ...headers,
          'Content-Type': type,
          'Content-Encoding': 'gzip',
          'Cache-Control': cache,
        })
        .end(body);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** Bytes of a file as it goes over the line. */
    sizeOf: async (url) => (await fileOf(normalize(new URL(url).pathname))).length,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

// A registry of npm's kind on this machine alone: Verdaccio, which has what is published to it, and passes on what others have.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { output } from '../output.mjs';
import { fetchTools } from '../tools.mjs';

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const config = ({ upstream, refused }) => `storage: ./storage
auth:
  htpasswd:
    file: ./htpasswd
    max_users: 1
uplinks:
  npm:
    url: ${upstream}
    maxage: 1h
packages:
${refused.map((name) => `  '${name}':\n    access: $all\n    publish: nobody\n`).join('')}  '@rectify/*':
    access: $all
    publish: $authenticated
  '**':
    access: $all
    proxy: npm
max_body_size: 100mb
web:
  enable: false
log: { type: stdout, format: pretty, level: fatal }
`;

/** A user's settings, to which the token is added that the registry gives to a new user. */
async function permit(url, path) {
  const user = { name: 'releaser', password: crypto.randomUUID() };
  const answer = await fetch(`${url}-/user/org.couchdb.user:${user.name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(user),
  });
  const { token, error } = await answer.json();
  if (!token) throw new Error(`Verdaccio makes no user: ${error}`);
  const own = output('npm', ['config', 'get', 'userconfig']).trim();
  const settings = existsSync(own) ? readFileSync(own, 'utf8') : '';
  writeFileSync(path, `${settings}\n${url.replace('http:', '')}:_authToken=${token}\n`);
}

/** See registry.d.mts. */
export async function startRegistry(folder, { port, refused = [] } = {}) {
  mkdirSync(folder, { recursive: true });
  const upstream = output('npm', ['config', 'get', 'registry']).trim();
  const path = join(folder, 'config.yaml');
  writeFileSync(path, config({ upstream, refused }));
  port ??= await freePort();
  const program = join(fetchTools('registry'), 'verdaccio/bin/verdaccio');
  const server = spawn(process.execPath, [program, '--config', path, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = () => {
    server.kill();
    return ended;
  };
  const url = `http://127.0.0.1:${port}/`;
  const answers = () =>
    fetch(`${url}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (tries > 150 || server.exitCode !== null) {
      await stop();
      throw new Error('Verdaccio does not start');
    }
    await wait(200);
  }
  const npmrc = join(folder, 'npmrc');
  if (!existsSync(npmrc)) await permit(url, npmrc);
  return { url, port, npmrc, stop };
}

// Finds the Chromium that the browser tests drive; none is ever downloaded by a test tool.
import { installOfDebian, onPath, runnable } from './programs.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of an installed Chromium: CHROMIUM_PATH if set (it must then exist), else the first on PATH, else undefined. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (!runnable(env.CHROMIUM_PATH)) throw new Error(`CHROMIUM_PATH names no program: ${env.CHROMIUM_PATH}`);
    return env.CHROMIUM_PATH;
  }
  return onPath(names, env);
}

/** Installs Debian's Chromium where that is possible; says so, and says if it failed. */
export const installChromium = () => installOfDebian('chromium');

/** Start options that keep a headless Chromium to itself: no sandbox (it runs as root in CI), no network of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

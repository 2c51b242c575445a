import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';

export const chromiumPath = findChromium();

if (!chromiumPath && process.env.CI === 'true')
  throw new Error('CI=true, but there is no Chromium: npm test installs one.');

/** To put into the title of a suite that needs a browser. */
export const browserNote = chromiumPath ? '' : ' (SKIPPED: no Chromium on this machine)';

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath as string, args: chromiumFlags });

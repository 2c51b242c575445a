import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The diabetes table of the article, where it is: it is not ours to publish, so a clone elsewhere is without it. */
export const realTablePath = fileURLToPath(
  new URL('../../../../shared/data/Diabetestype.csv', import.meta.url),
);

export const hasRealTable = existsSync(realTablePath);

/** To put into the title of a test that needs it. */
export const realTableNote = hasRealTable ? '' : ' (SKIPPED: the real table is not on this machine)';

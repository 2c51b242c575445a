import type { Results } from '../compare.js';

/** What `report.json` holds: the results, and all that is needed to get them again. */
export interface Report extends Results {
  readonly options: {
    /** The file that was read, as it was named; null for the embedded table. */
    readonly data: string | null;
    /** null when none was given. */
    readonly seed: number | null;
    readonly runs: number;
    readonly epochs: number;
  };
  readonly versions: Record<string, string>;
  readonly times: { readonly started: string; readonly seconds: number };
}

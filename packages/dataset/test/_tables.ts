import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TableSchema } from '../src/index.js';

/** The real table, where this machine has it. It is not ours to publish, so tests on it skip elsewhere. */
const path = fileURLToPath(new URL('../../../../shared/data/Diabetestype.csv', import.meta.url));
const realPath = existsSync(path) ? path : undefined;

export const realTablePath = realPath;
export const realTableText = realPath === undefined ? undefined : readFileSync(realPath, 'utf8');
export const onRealTable =
  realPath === undefined ? ' (skipped: ../shared/data/Diabetestype.csv is absent)' : '';

/** Two features and a label. */
export const smallSchema: TableSchema = {
  columns: [
    { name: 'a', kind: 'number', role: 'feature' },
    { name: 'b', kind: 'number', role: 'feature' },
    { name: 'class', kind: 'category', role: 'label', levels: ['no', 'yes'], missing: 'error' },
  ],
};

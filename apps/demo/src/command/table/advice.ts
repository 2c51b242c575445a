import type { Finding } from '@rectify/dataset';
import { quoted } from '../../comparison/request.js';

/** The finding with the options of the command in its advice, where the library names its own. */
export function withOptions(finding: Finding): Finding {
  const { id, details, severity } = finding;
  if (id === 'sentinel') {
    const missing = details.map(({ column, value }) => `--missing ${quoted(`${column}=${value}`)}`);
    return { ...finding, advice: `If it does, pass ${missing.join(' ')}.` };
  }
  if (id === 'id-column' && severity === 'warning') {
    const ids = details.map(({ column }) => `--id ${quoted(String(column))}`);
    return { ...finding, advice: `Pass ${ids.join(' ')}, but for what is a measure.` };
  }
  return finding;
}

// The text of src/_modules.ts: every kernel module, assembled and written as base64.
import { moduleText } from './_lanes.js';
import { assemble } from './assemble.js';
import { preluSlopeText, preluText } from './prelu.js';
import { rectifiers } from './rectifiers.js';
import { rreluTrainingText } from './rrelu.js';
import { smooth } from './smooth.js';
import { tableModules } from './tables.js';

/** Each module's WebAssembly text. */
export const texts: Readonly<Record<string, string>> = {
  preluPerChannel: preluText(),
  preluSlope: preluSlopeText(),
  rreluTraining: rreluTrainingText(),
  ...tableModules,
  ...Object.fromEntries(
    Object.entries({ ...rectifiers, ...smooth }).map(([name, source]) => [name, moduleText(source)]),
  ),
};

export function modulesFile(): string {
  const lines = Object.entries(texts).map(([name, text]) => {
    const bytes = assemble(text);
    return `/** ${bytes.length} bytes */\nexport const ${name}Code: string =\n  '${Buffer.from(bytes).toString('base64')}';`;
  });
  return `// Generated from scripts/wasm by scripts/wasm.mjs; do not edit. One WebAssembly module for each function, in base64, so that a bundle
// holds only those that it uses.\n\n${lines.join('\n\n')}\n`;
}

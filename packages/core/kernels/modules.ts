// The text of src/wasm/modules.ts: every kernel module, assembled and written in hexadecimal.
import { assemble } from '@rectify/lanes/assemble';
import { elementwiseModule } from '@rectify/lanes/wasm';
import { preluSlopeText, preluText } from './prelu/index.js';
import { leakyReluFlat, rectifiers } from './rectifiers.js';
import { rreluTrainingText } from './rrelu.js';
import { smooth } from './smooth/index.js';
import { tableModules } from './tables.js';

/** Each module's WebAssembly text. */
export const texts: Readonly<Record<string, string>> = {
  preluPerChannel: preluText(),
  preluSlope: preluSlopeText(),
  rreluTraining: rreluTrainingText(),
  ...tableModules,
  ...Object.fromEntries(
    Object.entries({ ...rectifiers, leakyReluFlat, ...smooth }).map(([name, source]) => [
      name,
      elementwiseModule(source),
    ]),
  ),
};

export function generated(): string {
  const lines = Object.entries(texts).map(([name, text]) => {
    const bytes = assemble(text);
    return `/** ${bytes.length} bytes */\nexport const ${name}Code: string =\n  '${Buffer.from(bytes).toString('hex')}';`;
  });
  return `// Generated from kernels/ by scripts/wasm.mjs; do not edit. One WebAssembly module for each function, in hexadecimal: a bundle holds
// only those that it uses, and text in which a byte stays a byte compresses to two thirds of what base64 does.\n\n${lines.join('\n\n')}\n`;
}

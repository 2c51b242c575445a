// WebAssembly text to a binary, by binaryen.
import binaryen from 'binaryen';

function optimised(text: string): binaryen.Module {
  const module = binaryen.parseText(text);
  module.setFeatures(
    binaryen.Features.SIMD128 |
      binaryen.Features.MutableGlobals |
      binaryen.Features.SignExt |
      binaryen.Features.NontrappingFPToInt |
      binaryen.Features.BulkMemory,
  );
  // No pass that propagates constants: it would put them back into the loops (see wasm/wasm-lanes.ts).
  module.runPasses([
    'simplify-locals-nostructure',
    'vacuum',
    'coalesce-locals',
    'reorder-locals',
    'vacuum',
    'remove-unused-names',
  ]);
  if (!module.validate()) throw new Error('the kernel is not valid WebAssembly');
  return module;
}

/** WebAssembly text to an optimised binary; the same text always gives the same bytes. */
export function assemble(text: string): Uint8Array<ArrayBuffer> {
  const module = optimised(text);
  const bytes = new Uint8Array(module.emitBinary());
  module.dispose();
  return bytes;
}

/** The same module as indented text, for people. */
export function show(text: string): string {
  const module = optimised(text);
  const shown = module.emitText();
  module.dispose();
  return shown;
}

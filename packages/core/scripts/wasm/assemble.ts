import binaryen from 'binaryen';

/** WebAssembly text to an optimised binary; the same text always gives the same bytes. */
export function assemble(text: string): Uint8Array {
  const module = binaryen.parseText(text);
  module.setFeatures(
    binaryen.Features.SIMD128 |
      binaryen.Features.MutableGlobals |
      binaryen.Features.SignExt |
      binaryen.Features.NontrappingFPToInt |
      binaryen.Features.BulkMemory |
      binaryen.Features.BulkMemoryOpt,
  );
  // No pass that propagates constants: it would put them back into the loops (see _lanes.ts).
  module.runPasses([
    'simplify-locals-nostructure',
    'vacuum',
    'coalesce-locals',
    'reorder-locals',
    'vacuum',
    'remove-unused-names',
  ]);
  if (!module.validate()) throw new Error('the kernel is not valid WebAssembly');
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

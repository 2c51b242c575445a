import { assemble } from '@rectify/lanes/assemble';

/**
 * The text of a file that exports a module's code in hexadecimal. Bundles are sent compressed, and compressed that is a third smaller
 * than base64, which tears the bytes apart.
 */
export function hexadecimalFile(name: string, wasmText: string): string {
  const bytes = assemble(wasmText);
  return `// Generated from kernels/ by scripts/kernels.mjs; do not edit.

/** A WebAssembly module in hexadecimal, ${bytes.length} bytes. */
export const ${name}: string =
  '${Buffer.from(bytes).toString('hex')}';
`;
}

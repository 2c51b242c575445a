// `pnpm kernel silu`: the WebAssembly text of a kernel module, as it is assembled.
import { show } from '@rectify/lanes/assemble';
import { texts } from '../kernels/modules.js';

const name = process.argv[2];
const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
if (text === undefined) {
  console.error(
    `${name === undefined ? 'Name' : `There is no ${name}; name`} one of ${Object.keys(texts).sort().join(', ')}`,
  );
  process.exitCode = 2;
} else {
  console.log(show(text));
}

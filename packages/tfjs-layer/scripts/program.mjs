// `pnpm program silu`: the GLSL and the WGSL of a function, its derivative and its second derivative, as the `webgl` and `webgpu` backends
// run them. Names are those of @rectify/core, or of any framework.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const load = async (file) => (await runnerImport(fileURLToPath(new URL(file, import.meta.url)))).module;
const { activation, activationNames } = await load('../../core/src/js.ts');
const { boundOf, formulaOf } = await load('../src/gpu/formulas.ts');
const { shaderText } = await load('../src/gpu/language.ts');

/** A statement a line. */
const readable = (text) =>
  text
    .replace(/\) (-> f32 )?\{ /g, (opening) => `${opening.trimEnd()}\n  `)
    .replace(/;\s+(?=\w)/g, ';\n  ')
    .replace(/; \}/g, ';\n}')
    .replace(/\n {2}\}/g, '\n}');

const [, , name] = process.argv;
let f;
try {
  f = name && activation(name);
} catch (error) {
  console.error(error.message);
}
if (f) {
  const { formula: key, numbers } = boundOf(f);
  const formula = formulaOf(key);
  const uniforms = formula.parameters.map((parameter, i) => `${parameter} = ${numbers[i]}`);
  for (const part of ['f', 'derivative', 'second']) {
    const own = {
      name: part,
      parameters: ['x', ...formula.parameters],
      body: formula[part] ?? 'return 0.0;',
    };
    for (const language of ['glsl', 'wgsl']) {
      const head = [`${f.name}: ${part}, ${language.toUpperCase()}`, ...uniforms].join('; ');
      console.log(`// ${head}\n${readable(shaderText([...(formula.parts ?? []), own], language))}\n`);
    }
  }
} else {
  if (!name) console.error(`Name one of ${activationNames.join(', ')}`);
  process.exitCode = 2;
}

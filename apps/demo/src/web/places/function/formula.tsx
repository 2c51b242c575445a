import templates from 'virtual:formulas';
import { inDigits } from '../../../view/digits.js';
import { shapeOf } from '../../build/shape.js';
import type { ShownFunction } from './shown-function.js';

/** f as MathML, with the numbers of now. */
export function Formula({ shown: { f } }: { shown: ShownFunction }) {
  const json = f.toJSON();
  const template = templates.exact[JSON.stringify(json)] ?? templates.shapes[shapeOf(json)];
  if (template === undefined) return <code>{f.formula}</code>;
  const html = template.replaceAll(
    /\{(\w+)(?:\+(\w+))?\}/g,
    (_: string, key: string, other: string | undefined) =>
      numeral(
        other === undefined ? f.params[key] : ((f.params[key] as number) + (f.params[other] as number)) / 2,
      ),
  );
  // Made when the page was built; only numbers are put into it.
  return <div class="formula" dangerouslySetInnerHTML={{ __html: html }} />;
}

const numeral = (value: unknown) => inDigits(Number(value));

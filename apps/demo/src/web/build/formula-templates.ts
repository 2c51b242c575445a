// Formulas as MathML, made when the page is built; live numbers are put into them in the page.
import { activation, activationNames } from '@rectify/core/js';
import temml from 'temml';
import { shapeOf } from './shape.js';

/**
 * MathML of each function by the shape of its parameters (see `shapeOf`), with `{name}` where a parameter's number stands. `exact` has
 * those whose core formula is special, by their JSON.
 */
export interface FormulaTemplates {
  readonly shapes: Readonly<Record<string, string>>;
  readonly exact: Readonly<Record<string, string>>;
}

type Params = Readonly<Record<string, unknown>>;

/** Other values than numbers that parameters take. */
const settings: Record<string, readonly Params[]> = {
  relu: [{ maxValue: null }, { maxValue: 0 }],
  gelu: [{ approximate: 'none' }, { approximate: 'tanh' }],
  softplus: [{ threshold: null }, { threshold: 0 }],
};

// Numbers that no formula holds by itself, and in which the parameters are found again.
const marks = [0.123457, 0.323457, 0.523457, 0.723457];

export function formulaTemplates(): FormulaTemplates {
  const shapes: Record<string, string> = {};
  const exact: Record<string, string> = {};
  for (const name of activationNames) {
    exact[JSON.stringify(activation(name))] = mathMl(activation(name).formula);
    for (const setting of settings[name] ?? [{}]) {
      const { params } = activation(name, setting);
      const numbers = Object.entries(params as Params).filter(([, value]) => typeof value === 'number');
      const marked = Object.fromEntries(numbers.map(([key], i) => [key, marks[i]]));
      const one = activation(name, { ...setting, ...marked });
      shapes[shapeOf(one.toJSON())] = withHoles(mathMl(one.formula), marked);
    }
  }
  return { shapes, exact };
}

const mathMl = (formula: string): string =>
  temml
    .renderToString(`f(x) = ${formula}`, { displayMode: true })
    // The page's policy allows no style attributes; its style sheet has what they say.
    .replaceAll(/ style="[^"]*"/g, '');

function withHoles(math: string, marked: Readonly<Record<string, number>>): string {
  let holed = math;
  for (const [key, value] of Object.entries(marked))
    holed = holed.replaceAll(`<mn>${value}</mn>`, `<mn>{${key}}</mn>`);
  // rrelu's slope outside of training is the middle of its two.
  const { lower, upper } = marked;
  if (lower !== undefined && upper !== undefined)
    holed = holed.replaceAll(`<mn>${(lower + upper) / 2}</mn>`, '<mn>{lower+upper}</mn>');
  return holed;
}

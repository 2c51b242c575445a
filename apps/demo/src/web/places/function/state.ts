import { parseArm } from '@rectify/experiment';
import { choice, codec, decimal, integer, maybeDecimal, passes, texts } from '../../route/codec.js';
import { placeState } from '../../route/route.js';

/** A function of a link: an arm of the command without a learning rate, an initialiser or anything to choose. */
const isFunction = passes((text) => {
  const { choices, learningRate, initializer } = parseArm(text);
  if (choices.length > 0 || learningRate !== undefined || initializer !== undefined)
    throw new RangeError(text);
});

/** How many functions a picture can tell apart. */
export const mostFunctions = 7;

export const functionState = placeState(
  'function',
  codec({
    /** The functions, as the command writes arms. */
    f: texts(['relu', 'leaky_relu:0.2'], isFunction),
    /** Where the tracer stands. */
    x: maybeDecimal(),
    /** The one that is looked at more closely. */
    on: integer(1, 0, mostFunctions - 1),
    /** The x axis goes from −reach to reach. */
    reach: decimal(10, 0.5, 100),
    /** The y axis: as long as the x axis, as the tutorial has it, or what the functions take. */
    y: choice<'equal' | 'fit'>('equal', ['equal', 'fit']),
  }),
);

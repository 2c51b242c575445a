import type { ActivationJson } from '@rectify/core/js';

/** The function and what its parameters are but for their numbers: `gelu approximate=tanh`, `relu maxValue=null`. */
export const shapeOf = ({ name, params }: ActivationJson): string =>
  [
    name,
    ...Object.entries(params as Record<string, unknown>).flatMap(([key, value]) =>
      typeof value === 'number' ? [] : [`${key}=${value}`],
    ),
  ].join(' ');

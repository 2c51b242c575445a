import { functionState } from './state.js';

/** The tutorial's three graphs, each with its axes: −10 to 10 both ways, crossing at 0. */
const presets: readonly (readonly [name: string, f: readonly string[]])[] = [
  ['ReLU', ['relu']],
  ['Leaky ReLU, A = 0.2', ['leaky_relu:0.2']],
  ['Leaky ReLU, A = 0.09', ['leaky_relu:0.09']],
];

const others: readonly (readonly [name: string, f: readonly string[]])[] = [
  ['ReLU and both', ['relu', 'leaky_relu:0.2', 'leaky_relu:0.09']],
  ['Smooth relatives', ['relu', 'elu', 'gelu', 'silu', 'softplus']],
];

export const Presets = () => (
  <div class="controls">
    <span id="presets">The tutorial's graphs:</span>
    {[...presets, ...others].map(([name, f]) => (
      <a
        key={name}
        class="button"
        href={functionState.href({ f, on: f.length > 1 ? 1 : 0, reach: 10, y: 'equal' })}
      >
        {name}
      </a>
    ))}
  </div>
);

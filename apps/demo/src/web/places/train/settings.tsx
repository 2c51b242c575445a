import { prepareNames } from '@rectify/experiment';
import { useState } from 'preact/hooks';
import { limits } from '../../../comparison/limits.js';
import { optimizerNames } from '../../../live/options.js';
import { hiddenOf, mostUnits, netOf, splits, type TrainState, trainState } from './state.js';

export const splitWords: Record<(typeof splits)[number], string> = {
  auto: 'what the table asks for',
  random: 'random rows',
  stratified: 'random rows, class by class',
  grouped: 'whole groups of like rows',
};

/** What is trained, and how. A change makes another network. */
export function Settings({ sizes }: { sizes: readonly number[] | undefined }) {
  const { set, refusedOf } = trainState;
  const state = trainState.state.value;
  const hidden = hiddenOf(state);
  const [wrong, setWrong] = useState<string>();
  /** Takes a text over where it stands for something; else says so. */
  const take = (name: 'act' | 'rate' | 'seed' | 'epochs', text: string) => {
    const isWrong = refusedOf(new URLSearchParams({ [name]: text })).length > 0;
    setWrong(isWrong ? `“${text}” is no ${words[name]}` : undefined);
    if (!isWrong) set({ [name]: name === 'act' ? text : Number(text) } as Partial<TrainState>);
  };
  const setHidden = (next: readonly number[]) =>
    set({ net: netOf(sizes ?? state.net.split('-').map(Number), next) });
  const field = (name: 'act' | 'rate' | 'seed' | 'epochs', label: string, size: number) => (
    <label>
      {label}
      <input
        type="text"
        inputMode={name === 'act' ? 'text' : 'decimal'}
        size={size}
        value={String(state[name])}
        onChange={(event) => take(name, event.currentTarget.value.trim())}
      />
    </label>
  );
  return (
    <>
      <div class="controls">
        {field('act', 'Activation', 16)}
        {[0, 1].map((layer) => (
          <label key={layer}>
            Hidden layer {layer + 1}
            <select
              value={hidden[layer] ?? 0}
              aria-disabled={hidden.length < layer}
              onChange={({ currentTarget: { value } }) => {
                const next = hidden.slice(0, 2);
                next[layer] = Number(value);
                setHidden(next.filter((units) => units > 0));
              }}
            >
              {Array.from({ length: mostUnits + 1 }, (_, units) => (
                <option key={units} value={units}>
                  {units === 0 ? 'none' : `${units} ${units === 1 ? 'unit' : 'units'}`}
                </option>
              ))}
            </select>
          </label>
        ))}
        {field('seed', 'Seed', 6)}
        <label>
          Hold out 20 %:
          <select
            value={state.split}
            onChange={(event) => set({ split: event.currentTarget.value as TrainState['split'] })}
          >
            {splits.map((name) => (
              <option key={name} value={name}>
                {splitWords[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <details>
        <summary>Features, optimiser, rate, epochs</summary>
        <div class="controls">
          <label>
            Features
            <select
              value={state.prepare}
              onChange={(event) => set({ prepare: event.currentTarget.value as TrainState['prepare'] })}
            >
              {prepareNames.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <label>
            Optimiser
            <select
              value={state.opt}
              onChange={(event) => set({ opt: event.currentTarget.value as TrainState['opt'] })}
            >
              {optimizerNames.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          {field('rate', 'Learning rate', 8)}
          {field('epochs', 'Epochs', 6)}
        </div>
      </details>
      {wrong && (
        <p class="problem" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

const words = {
  act: 'activation with its parameters, as leaky_relu:0.05, relu or gelu:tanh',
  rate: 'learning rate: it must be a number above 0',
  seed: `seed: it must be a whole number from ${limits.seed.join(' to ')}`,
  epochs: 'number of epochs: it must be a whole number from 1 to 10000',
};

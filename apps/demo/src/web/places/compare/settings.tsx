import { prepareNames, splitNames } from '@rectify/experiment';
import { useState } from 'preact/hooks';
import { limits } from '../../../comparison/limits.js';
import { NumberField } from '../../frame/number-field.js';
import { compareState } from './state.js';

const splitWords: Record<string, string> = {
  auto: 'what the table asks for',
  random: 'random rows',
  stratified: 'random rows, class by class',
  grouped: 'whole groups of like rows',
  'leave-one-group-out': 'each group once',
};

/** What is compared, and how. */
export function Settings() {
  const { state, set } = compareState;
  const { f, split, hidden, prepare } = state.value;
  const [wrong, setWrong] = useState<string>();
  /** Takes a text over where it stands for something; else says so. */
  const take = (name: 'f' | 'hidden', text: string) => {
    const refused = compareState.refusedOf(new URLSearchParams({ [name]: text }));
    setWrong(refused.length > 0 ? `${refused.join(', ')} stands for nothing here` : undefined);
    if (refused.length === 0)
      set(name === 'f' ? { f: text.split(',').map((one) => one.trim()) } : { hidden: text });
  };
  const number = (name: 'seeds' | 'seed' | 'epochs', words: string) => (
    <NumberField
      label={words}
      value={state.value[name]}
      bounds={limits[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      <div class="controls">
        <label class="wide">
          Arms: activations with their parameters
          <input
            type="text"
            value={f.join(', ')}
            onChange={(event) => take('f', event.currentTarget.value.replaceAll(' ', ''))}
          />
        </label>
      </div>
      <div class="controls">
        {number('seeds', 'Seeds')}
        {number('seed', 'from seed')}
        {number('epochs', 'Epochs')}
        <label>
          Hidden units
          <input
            type="text"
            size={6}
            value={hidden}
            onChange={(event) => take('hidden', event.currentTarget.value)}
          />
        </label>
        <label>
          Hold out
          <select
            value={split}
            onChange={(event) => set({ split: event.currentTarget.value as typeof split })}
          >
            {['auto', ...splitNames].map((name) => (
              <option key={name} value={name}>
                {splitWords[name]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Features
          <select
            value={prepare}
            onChange={(event) => set({ prepare: event.currentTarget.value as typeof prepare })}
          >
            {prepareNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      {wrong && (
        <p class="problem" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

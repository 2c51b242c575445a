import { activationNames } from '@rectify/core/js';
import { lookOf } from '../../../view/chart/series.js';
import type { ShownFunction } from './shown-function.js';
import { mostFunctions } from './state.js';

interface Props {
  readonly functions: readonly ShownFunction[];
  readonly on: number;
  readonly onChoose: (index: number) => void;
  readonly onAdd: (name: string) => void;
  readonly onRemove: (index: number) => void;
}

/** The functions of the picture: one is looked at closely, others can be added and taken away. */
export function Picker({ functions, on, onChoose, onAdd, onRemove }: Props) {
  return (
    <div class="picker">
      <ul class="chosen" aria-label="Functions in the picture">
        {functions.map(({ text }, i) => {
          const look = lookOf(i);
          return (
            <li key={text}>
              <button type="button" aria-pressed={i === on} onClick={() => onChoose(i)}>
                <svg class="swatch" viewBox="0 0 30 10" aria-hidden="true">
                  <path
                    class={look.className}
                    d="M1 5H29"
                    stroke-width={look.width}
                    stroke-dasharray={look.dash}
                  />
                </svg>
                {text}
              </button>
              {functions.length > 1 && (
                <button type="button" class="quiet" aria-label={`Remove ${text}`} onClick={() => onRemove(i)}>
                  ×
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <label>
        Add
        <select
          value=""
          aria-disabled={functions.length >= mostFunctions}
          onChange={(event) => {
            const name = event.currentTarget.value;
            event.currentTarget.value = '';
            if (name !== '' && functions.length < mostFunctions) onAdd(name);
          }}
        >
          <option value="">
            {functions.length >= mostFunctions ? 'the picture is full' : 'a function…'}
          </option>
          {activationNames.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

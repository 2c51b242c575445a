import { activation } from '@rectify/core/js';
import { useState } from 'preact/hooks';
import type { ShownFunction } from './shown-function.js';
import { textOf } from './shown-function.js';

interface Props {
  readonly shown: ShownFunction;
  /** `live` while a slider moves. */
  readonly onText: (text: string, live: boolean) => void;
}

/** A slider and a number field for each number, a list for each choice. */
export function Parameters({ shown: { f }, onText }: Props) {
  const [wrong, setWrong] = useState<string>();
  const entries = Object.entries(f.params);
  if (entries.length === 0) return <p class="muted">{f.name} has no parameter.</p>;
  const change = (key: string, value: unknown, live: boolean) => {
    const params = { ...f.params, [key]: value };
    try {
      activation(f.name, params);
      setWrong(undefined);
      onText(textOf(f.name, params), live);
    } catch (error) {
      setWrong((error as Error).message);
    }
  };
  return (
    <>
      <div class="controls">
        {entries.map(([key, value]) =>
          key === 'approximate' ? (
            <label key={key}>
              {key}
              <select
                value={String(value)}
                onChange={(event) => change(key, event.currentTarget.value, false)}
              >
                <option>none</option>
                <option>tanh</option>
              </select>
            </label>
          ) : (
            <NumberParameter
              key={key}
              name={key}
              value={value as number | null}
              onValue={(next, live) => change(key, next, live)}
            />
          ),
        )}
      </div>
      {wrong && (
        <p class="problem" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

/** Slopes that are mostly below 1 get a finer slider. */
const rangeOf = (name: string): [low: number, high: number, step: number] => {
  if (/slope|lower|upper/i.test(name)) return [-0.5, 1, 0.01];
  if (/minValue|^value|offset/.test(name)) return [-3, 3, 0.05];
  return [0, 6, 0.05];
};

interface NumberProps {
  readonly name: string;
  readonly value: number | null;
  readonly onValue: (value: number | null, live: boolean) => void;
}

function NumberParameter({ name, value, onValue }: NumberProps) {
  const [low, high, step] = rangeOf(name);
  const id = `parameter-${name}`;
  return (
    <fieldset class="parameter">
      <legend>{name}</legend>
      <input
        type="range"
        aria-label={`${name}, slider`}
        id={id}
        min={low}
        max={high}
        step={step}
        value={value ?? high}
        onInput={(event) => onValue(Number(event.currentTarget.value), true)}
      />
      <input
        type="number"
        aria-label={name}
        step="any"
        value={value === null ? '' : +value.toPrecision(6)}
        placeholder="none"
        onChange={({ currentTarget: { value: text, valueAsNumber } }) => {
          if (text === '') onValue(null, false);
          else if (Number.isFinite(valueAsNumber)) onValue(valueAsNumber, false);
        }}
      />
    </fieldset>
  );
}

import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** What the field is called, before it and in what it says. */
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Whether it takes what is between whole numbers. */
  readonly fractions?: boolean;
  readonly onValue: (value: number) => void;
  /** Words behind the field. */
  readonly after?: string;
}

/** A field for a number within bounds: any other is not taken, and that is said. */
export function NumberField({ label, value, low, high, fractions = false, onValue, after }: Props) {
  const [wrong, setWrong] = useState<string>();
  // Another value, from wherever it came, is a right one.
  useEffect(() => setWrong(undefined), [value]);
  return (
    <>
      <label>
        {label}{' '}
        <input
          type="number"
          min={low}
          max={high}
          step={fractions ? 'any' : 1}
          value={value}
          onChange={({ currentTarget: { value: text, valueAsNumber: given } }) => {
            const isRight = given >= low && given <= high && (fractions || Number.isInteger(given));
            setWrong(isRight ? undefined : text || 'nothing');
            if (isRight) onValue(given);
          }}
        />
        {after && ` ${after}`}
      </label>
      {wrong && (
        <span class="problem" role="alert">
          {label}: a {fractions ? '' : 'whole '}number from {low} to {high}, got {wrong}.
        </span>
      )}
    </>
  );
}

import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** What the field is called, before it and in what it says. */
  readonly label: string;
  readonly value: number;
  /** The least and the largest that it takes. */
  readonly bounds: readonly [low: number, high: number];
  /** Whether it takes what is between whole numbers. */
  readonly fractions?: boolean;
  readonly onValue: (value: number) => void;
  /** Words behind the field. */
  readonly after?: string;
}

/** A field for a number within bounds: any other is refused in words. */
export function NumberField({ label, value, bounds, fractions = false, onValue, after }: Props) {
  const [low, high] = bounds;
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

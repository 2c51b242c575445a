import { activation, type CanonicalName, frameworkNames, namesIn } from '@rectify/core/js';
import { shown as shownNumber } from '../../../view/chart/series.js';
import type { ShownFunction } from './shown-function.js';

const frameworkTitles: Readonly<Record<string, string>> = {
  keras: 'Keras 3',
  pytorch: 'PyTorch',
  onnx: 'ONNX',
  tfjs: 'TensorFlow.js',
};

/** What f does at its kinks, and its bounds. */
export function Kinks({ shown: { text, f } }: { shown: ShownFunction }) {
  const [low, high] = f.range;
  const bound = (value: number) =>
    Number.isFinite(value) ? shownNumber(value) : value < 0 ? 'minus infinity' : 'infinity';
  return (
    <>
      {f.kinks.length === 0 ? (
        <p>{text} has no kink: its derivative exists everywhere.</p>
      ) : (
        <ul>
          {f.kinks.map((kink) => (
            <li key={kink}>
              At x = {shownNumber(kink)} it has no derivative: on the left it is{' '}
              {shownNumber(f.derivative(kink - 1e-6))}, on the right {shownNumber(f.derivative(kink + 1e-6))}.
              By convention it is taken as <strong>{shownNumber(f.derivative(kink))}</strong>, the dot in the
              picture.
            </li>
          ))}
        </ul>
      )}
      <p>
        Its values go from {bound(low)} to {bound(high)}; it{' '}
        {f.monotonic ? 'never decreases' : 'decreases in places'}.
        {f.gain !== null && ` Weights in front of it start well with a gain of ${shownNumber(f.gain)}.`}
      </p>
    </>
  );
}

/** Each framework's name of the function and the parameters it has there when none is given. */
export function FrameworkDefaults({ shown: { f } }: { shown: ShownFunction }) {
  const rows = frameworkNames.flatMap((framework) =>
    namesIn(f.name as CanonicalName, framework).map((name) => ({ framework, ...name })),
  );
  if (rows.length === 0) return <p>No framework has a name of its own for it.</p>;
  return (
    <ul class="defaults">
      {rows.map(({ framework, name, params = {}, defaults = {}, means = {} }) => {
        const said = Object.entries(params).map(([theirs, ours]) => {
          const value = Object.hasOwn(defaults, ours) ? defaults[ours] : defaultsOf(f)[ours];
          return `${theirs} = ${value ?? 'none'}`;
        });
        const meant = Object.entries(means).map(([key, value]) => `${key} ${value}`);
        const kept = Object.keys(params).length === 0 ? Object.entries(defaults) : [];
        const fixed = kept.map(([key, value]) => `${key} ${value}`);
        const all = [...said, ...meant, ...fixed];
        return (
          <li key={`${framework} ${name}`}>
            {frameworkTitles[framework] ?? framework}: <code>{name}</code>
            {all.length > 0 && `, ${all.join(', ')}`}
          </li>
        );
      })}
    </ul>
  );
}

const defaultsOf = (f: ShownFunction['f']) => activation(f.name).params as Readonly<Record<string, unknown>>;

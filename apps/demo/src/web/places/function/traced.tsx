import { shown } from '../../../view/chart/series.js';
import type { ShownFunction } from './shown-function.js';

interface Props {
  readonly functions: readonly ShownFunction[];
  readonly x: number | null;
  readonly onX: (x: number | null) => void;
}

/** For a cell on a phone. */
const narrow = (value: number) => shown(value).replace('·10^', 'e');

/** A name that may break after its marks. */
const breakable = (text: string) => text.split(/(?<=[_:,])/).map((part) => [part, <wbr key={part} />]);

/** x, f and f′ of every function as numbers. */
export const Traced = ({ functions, x, onX }: Props) => (
  <table class="values">
    <caption>
      <label>
        At x ={' '}
        <input
          id="x"
          type="number"
          step="any"
          value={x ?? ''}
          placeholder="point"
          onChange={({ currentTarget: { valueAsNumber } }) =>
            onX(Number.isFinite(valueAsNumber) ? valueAsNumber : null)
          }
        />
      </label>
    </caption>
    <thead>
      <tr>
        <th scope="col">function</th>
        <th scope="col">f(x)</th>
        <th scope="col">f′(x)</th>
      </tr>
    </thead>
    <tbody>
      {functions.map(({ text, f }) => (
        <tr key={text}>
          <th scope="row">{breakable(text)}</th>
          <td>{x === null ? '–' : narrow(f(x))}</td>
          <td>{x === null ? '–' : narrow(f.derivative(x))}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

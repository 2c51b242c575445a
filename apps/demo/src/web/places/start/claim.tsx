import { useMemo } from 'preact/hooks';
import { activationChart } from '../../../view/charts.js';
import { LiveChart } from '../../chart/live-chart.js';
import { hrefOf } from '../../route/route.js';

interface Props {
  readonly slope: number;
  readonly onSlope: (slope: number) => void;
}

/** What Leaky ReLU does: the curve, and its one parameter to drag. */
export function Claim({ slope, onSlope }: Props) {
  const chart = useMemo(() => activationChart([slope]), [slope]);
  const link = hrefOf('function', new URLSearchParams({ f: `relu,leaky_relu:${slope}` }));
  return (
    <section class="claim">
      <div>
        <p class="lead">
          ReLU lets nothing through below 0: a unit whose input is always negative is silent, gets no
          gradient, and never learns again. Leaky ReLU lets a share A through.
        </p>
        <div class="controls">
          <label>
            A
            <input
              id="slope"
              type="range"
              min="0"
              max="1"
              step="0.01"
              value={slope}
              onInput={(event) => onSlope(Number(event.currentTarget.value))}
            />
          </label>
          <output for="slope">{slope.toFixed(2)}</output>
        </div>
        <p>
          At −5, ReLU gives 0 with derivative 0; Leaky ReLU gives {minus(-5 * slope)} with derivative{' '}
          {minus(slope)}. <a href={link}>Derivatives, formulas, code and every other function</a>
        </p>
      </div>
      <LiveChart {...chart} />
    </section>
  );
}

const minus = (value: number) => String(+value.toFixed(2)).replace('-', '−');

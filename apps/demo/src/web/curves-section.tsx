import { useMemo, useState } from 'preact/hooks';
import { activationChart, derivativeChart } from '../view/charts.js';
import { Chart } from './chart.js';

/** The two slopes that the tutorial draws, and the one that its network has. */
const tutorialSlopes = [0.2, 0.09, 0.05];

export function CurvesSection() {
  const [slope, setSlope] = useState(0.2);
  const functions = useMemo(() => activationChart([slope]), [slope]);
  const derivatives = useMemo(() => derivativeChart([slope]), [slope]);
  return (
    <section id="curves">
      <h2>The two functions</h2>
      <p>
        ReLU lets nothing through below 0. Leaky ReLU lets a share A through, so that a unit whose input is
        negative still learns.
      </p>
      <div class="controls">
        <label>
          A ={' '}
          <input
            id="slope"
            type="range"
            min="0"
            max="1"
            step="0.01"
            value={slope}
            onInput={(event) => setSlope(Number(event.currentTarget.value))}
          />
        </label>
        <output for="slope">{slope.toFixed(2)}</output>
        {tutorialSlopes.map((value) => (
          <button key={value} type="button" class="small" onClick={() => setSlope(value)}>
            {value}
          </button>
        ))}
      </div>
      <div class="pair">
        <Chart {...functions} />
        <Chart {...derivatives} />
      </div>
    </section>
  );
}

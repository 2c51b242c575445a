import { useComputed } from '@preact/signals';
import { NumberField } from '../../frame/number-field.js';
import { Refused } from '../../frame/refused.js';
import { placeOf } from '../../route/places.js';
import { FunctionCharts } from './charts.js';
import { Code } from './code.js';
import { FrameworkDefaults, Kinks } from './facts.js';
import { Formula } from './formula.js';
import { Parameters } from './parameters.js';
import { Picker } from './picker.js';
import { Presets } from './presets.js';
import { shownFunction } from './shown-function.js';
import { functionState } from './state.js';
import { Traced } from './traced.js';

/** f and f′ of any functions: several at once, one of them closely. */
export default function FunctionPlace() {
  const { state, set } = functionState;
  const functions = useComputed(() => [...new Set(state.value.f)].map(shownFunction)).value;
  const { x, reach, y } = state.value;
  const on = Math.min(state.value.on, functions.length - 1);
  const shown = functions[on];
  const texts = functions.map(({ text }) => text);
  /** Two of the same would be one line. */
  const put = (list: readonly string[], at: number, live = false) => {
    const kept = list.filter((text, i) => i === at || text !== list[at]);
    set({ f: kept, on: kept.indexOf(list[at]) }, live ? 'replace' : 'push');
  };
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('function').title}</h1>
      <Refused of={functionState} />
      <section>
        <Presets />
        <Picker
          functions={functions}
          on={on}
          onChoose={(index) => set({ on: index })}
          onAdd={(name) => put([...texts, shownFunction(name).text], texts.length)}
          onRemove={(index) =>
            set({ f: texts.filter((_, i) => i !== index), on: Math.max(0, on - (index <= on ? 1 : 0)) })
          }
        />
        <Parameters
          key={shown.f.name}
          shown={shown}
          onText={(text, live) => put(texts.with(on, text), on, live)}
        />
        <FunctionCharts
          functions={functions}
          on={on}
          reach={reach}
          fit={y === 'fit'}
          x={x}
          onTrace={(at) => set({ x: at }, 'replace')}
        />
        <Traced functions={functions} x={x} onX={(at) => set({ x: at }, 'replace')} />
        <div class="controls">
          <NumberField
            label="x from −"
            value={reach}
            bounds={[0.5, 100]}
            fractions
            onValue={(value) => set({ reach: value })}
            after="to the same"
          />
          <label>
            <input
              type="checkbox"
              checked={y === 'fit'}
              onChange={(event) => set({ y: event.currentTarget.checked ? 'fit' : 'equal' })}
            />
            fit the y axis to the functions
          </label>
        </div>
      </section>
      <section>
        <h2>{shown.text}</h2>
        <Formula shown={shown} />
        <Kinks shown={shown} />
        <h3>What each framework takes when nothing is given</h3>
        <FrameworkDefaults shown={shown} />
        <h3>The code that makes it</h3>
        <Code shown={shown} />
      </section>
    </>
  );
}

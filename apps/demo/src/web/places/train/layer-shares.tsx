import type { LiveFrame, LiveLayer } from '../../../live/frame.js';
import { nameOf } from '../../../live/troubles.js';
import { percent } from '../../../report/format.js';
import { shown } from '../../../view/chart/series.js';
import { Scroll } from '../../../view/scroll.js';
import type { NetworkFacts } from '../../worker/network.js';

/** What each layer gives: shares of zero, negative and NaN, dead units, and how far its weights moved. */
export function LayerShares({ facts, frame: { layers } }: { facts: NetworkFacts; frame: LiveFrame }) {
  const isLast = (layer: number) => layer === layers.length - 1;
  const rows: readonly (readonly [name: string, of: (layer: LiveLayer, i: number) => string])[] = [
    ['zero', ({ outputs }) => percent(outputs.zero, 1)],
    ['negative', ({ outputs }) => percent(outputs.negative, 1)],
    ['NaN', ({ outputs }) => percent(outputs.nan, 1)],
    [
      'dead units',
      ({ units }, i) => (isLast(i) ? '–' : `${units.filter(({ dead }) => dead).length} of ${units.length}`),
    ],
    ['moved by', ({ moved }) => (moved === null ? '–' : Number.isNaN(moved) ? 'NaN' : shown(moved))],
  ];
  return (
    <Scroll label="What each layer gives">
      <table class="layers">
        <caption>
          What each layer gives, over {facts.trainRows} training rows, and how far its weights moved in the
          last epoch
        </caption>
        <thead>
          <tr>
            <td />
            {layers.map((_, l) => (
              <th key={nameOf(l, layers.length)} scope="col">
                {nameOf(l, layers.length).replace('the ', '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, of]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {layers.map((layer, l) => (
                <td key={nameOf(l, layers.length)}>{of(layer, l)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

import { parseArm } from '@rectify/experiment';
import type { LiveFrame, LiveUnit } from '../../../live/frame.js';
import { Histogram } from '../../../view/chart/histogram.js';
import { shown } from '../../../view/chart/series.js';
import { Fitted } from '../../chart/fitted.js';
import type { NetworkFacts } from '../../worker/network.js';
import { nameOf, type UnitPlace } from './picture.js';

interface Props {
  readonly facts: NetworkFacts;
  readonly frame: LiveFrame;
  readonly place: UnitPlace;
}

/** What one unit computes, and how its sums lie over the training part. */
export function UnitCard({ facts, frame, place: { layer, unit } }: Props) {
  const of = frame.layers[layer]?.units[unit];
  if (!of) return null;
  const name = nameOf(facts, layer, unit);
  const isOutput = layer === frame.layers.length - 1;
  const from =
    layer === 0 ? facts.inputs : frame.layers[layer - 1].units.map((_, u) => nameOf(facts, layer - 1, u));
  const arm = parseArm(facts.options.activation).name.replace(/@.*/, '');
  const below = of.bars.reduce((sum, { to, count }) => sum + (to <= 0 ? count : 0), 0);
  return (
    <div class="unit-card">
      <h2>
        {isOutput ? `Output ${name}` : `Unit ${name}`}
        {of.dead && <strong class="dead-mark"> dead: no training row makes it positive</strong>}
      </h2>
      <p class="unit-formula">
        z = {sumText(of, from)}; {isOutput ? outputText(facts, name) : `${name} = ${arm}(z)`}
      </p>
      <Fitted>
        {(width) => (
          <Histogram
            title={`z over ${facts.trainRows} training rows: ${((100 * below) / facts.trainRows).toFixed(1)} % below 0${of.nan > 0 ? `, ${of.nan} NaN` : ''}`}
            xName={`sum z of ${name}, before the activation`}
            bars={of.bars.length > 0 ? of.bars : [{ from: 0, to: 1, count: 0 }]}
            width={width ?? 360}
            height={190}
          />
        )}
      </Fitted>
    </div>
  );
}

const most = 12;

/** `0.42·Age − 1.3·BS Fast + 0.1`: the largest weights first, where there are many. */
function sumText({ weights, bias }: LiveUnit, from: readonly string[]): string {
  const terms = weights.map((weight, i) => ({ weight, name: from[i] }));
  const kept =
    terms.length > most
      ? terms.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most)
      : terms;
  const rest = terms.length - kept.length;
  const text = kept.map(({ weight, name }, i) => `${sign(weight, i === 0)}${size(weight)}·${name}`);
  return `${text.join(' ')}${rest > 0 ? ` + … ${rest} more` : ''} ${sign(bias, false)}${size(bias)}`;
}

const size = (value: number) => shown(Number(Math.abs(value).toPrecision(3)));
const sign = (value: number, first: boolean) => (first ? (value < 0 ? '−' : '') : value < 0 ? '− ' : '+ ');

const outputText = ({ task, label, scale, classes }: NetworkFacts, name: string) =>
  task === 'classification'
    ? `P(${name}) = softmax(z), over ${classes.length} outputs`
    : `${label} = z·${shown(scale.deviation)} + ${shown(scale.mean)}`;

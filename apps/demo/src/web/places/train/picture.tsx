import type { LiveFrame } from '../../../live/frame.js';
import { shown } from '../../../view/chart/series.js';
import { useWidth } from '../../chart/use-width.js';
import type { NetworkFacts } from '../../worker/network.js';

/** A unit: its layer (0 is the first hidden one) and its place there. */
export interface UnitPlace {
  readonly layer: number;
  readonly unit: number;
}

interface Props {
  readonly facts: NetworkFacts;
  readonly frame: LiveFrame;
  readonly chosen: UnitPlace;
  readonly onChoose: (place: UnitPlace) => void;
}

/** Most inputs and outputs that are drawn; the weights of all are in the unit's formula. */
const mostDrawn = 14;
const row = 36;
const radius = 13;

/** The network: a line for each weight, as wide as the weight is large; below 0 in another colour, and broken. */
export function Picture({ facts, frame, chosen, onChoose }: Props) {
  const { place, width = 460 } = useWidth<HTMLDivElement>();
  const drawn = facts.sizes.map((size) => Math.min(size, mostDrawn));
  const height = Math.max(...drawn) * row + 24;
  const left = Math.min(120, width / 3);
  const right = Math.min(90, width / 4);
  const x = (column: number) => left + (column / (drawn.length - 1)) * (width - left - right);
  const y = (column: number, i: number) => height / 2 + (i - (drawn[column] - 1) / 2) * row;
  const most = Math.max(
    1e-9,
    ...frame.layers.flatMap(({ units }) => units.flatMap(({ weights }) => weights.map(Math.abs))),
  );
  const letters = Math.floor(left / 8);
  const names = [
    facts.inputs,
    ...frame.layers.map(({ units }, l) => units.map((_, u) => nameOf(facts, l, u))),
  ];
  return (
    <div class="picture" ref={place}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be drawn into */}
      <svg
        viewBox={`0 0 ${width} ${height}`}
        height={`${height / 16}rem`}
        role="group"
        aria-label="The network. Each unit is a button that shows its formula"
      >
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: lines and names are not focusable */}
        <g aria-hidden="true">
          {frame.layers.map(({ units }, l) =>
            units
              .slice(0, mostDrawn)
              .map(({ weights }, u) =>
                weights
                  .slice(0, mostDrawn)
                  .map((weight, i) => (
                    <path
                      key={`${l} ${u} ${i}`}
                      class={weight < 0 ? 'weight negative' : 'weight'}
                      d={`M${x(l)} ${y(l, i)}L${x(l + 1)} ${y(l + 1, u)}`}
                      stroke-width={Number.isFinite(weight) ? 0.4 + (7 * Math.abs(weight)) / most : 0.4}
                      stroke-dasharray={weight < 0 ? '5 3' : undefined}
                    />
                  )),
              ),
          )}
          {facts.inputs.slice(0, mostDrawn).map((name, i) => (
            <g key={name}>
              <circle class="input" cx={x(0)} cy={y(0, i)} r={4} />
              <text x={x(0) - 9} y={y(0, i) + 4} text-anchor="end">
                {short(name, letters)}
              </text>
            </g>
          ))}
        </g>
        {frame.layers.map(({ units }, l) =>
          units
            .slice(0, mostDrawn)
            .map(({ dead }, u) => (
              <Unit
                key={`${l} ${u}`}
                x={x(l + 1)}
                y={y(l + 1, u)}
                name={names[l + 1][u]}
                isOutput={l === frame.layers.length - 1}
                dead={dead}
                chosen={chosen.layer === l && chosen.unit === u}
                onChoose={() => onChoose({ layer: l, unit: u })}
              />
            )),
        )}
      </svg>
      <p class="muted picture-key">
        Width: size of the weight, the widest {shown(most)}. Solid: above 0, broken: below 0.
        {Math.max(...facts.sizes) > mostDrawn && ` The first ${mostDrawn} of each column are drawn.`}
      </p>
    </div>
  );
}

interface UnitProps {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly isOutput: boolean;
  readonly dead: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Unit({ x, y, name, isOutput, dead, chosen, onChoose }: UnitProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot be drawn
    <g
      class={`unit${dead ? ' dead' : ''}${chosen ? ' chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={`${name}${dead ? ', dead' : ''}`}
      onClick={onChoose}
      onFocus={onChoose}
      onPointerEnter={onChoose}
      onKeyDown={press}
    >
      <circle cx={x} cy={y} r={radius} />
      {dead && <path class="cross" d={`M${x - 7} ${y - 7}l14 14M${x + 7} ${y - 7}l-14 14`} />}
      {isOutput ? (
        <text x={x + radius + 5} y={y + 4}>
          {short(name, 9)}
        </text>
      ) : (
        !dead && (
          <text x={x} y={y + 4} text-anchor="middle">
            {name}
          </text>
        )
      )}
    </g>
  );
}

/** `h1`, in the second layer `g1`, or what an output is of. */
export function nameOf({ classes, label, sizes }: NetworkFacts, layer: number, unit: number): string {
  if (layer === sizes.length - 2) return classes[unit] ?? label;
  return `${'hg'[layer]}${unit + 1}`;
}

/** Names that begin alike mostly end differently, so it is the middle that is left out. */
function short(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const end = Math.floor((letters - 1) / 2);
  return `${name.slice(0, letters - 1 - end)}…${name.slice(-end)}`;
}

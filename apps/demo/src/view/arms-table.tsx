import type { Comparison } from '@rectify/experiment';
import { measureWords, valueText } from '../report/format.js';
import { Scroll } from './scroll.js';

/** By which column the arms stand in order. */
export interface ArmsOrder {
  readonly by: string;
  readonly descending: boolean;
}

interface Props {
  readonly comparison: Comparison;
  readonly order?: ArmsOrder | undefined;
  /** Where there is somebody to ask for another order. */
  readonly onOrder?: (order: ArmsOrder) => void;
}

interface Row {
  readonly name: string;
  readonly isArm: boolean;
  /** What a column shows, and what it is put in order by; NaN where there is nothing. */
  readonly cells: Readonly<
    Record<string, { readonly text: string; readonly spread?: string; readonly value: number }>
  >;
}

/** What each arm came to: mean and spread over the seeds; below them what needs no network. */
export function ArmsTable({ comparison, order, onOrder }: Props) {
  const { arms, design, baselines } = comparison;
  const names = Object.keys(arms[0].measures);
  const columns: readonly (readonly [key: string, title: string])[] = [
    ...names.map((name) => [name, measureWords(name).title] as const),
    ['dead', 'dead units'],
    ['saturated', 'saturated units'],
    ['diverged', 'diverged'],
    ['epochs', "epochs to the baseline's loss"],
  ];
  const rows = ordered([...armRows(comparison, names), ...baselineRows(baselines, names)], order);
  const head = (key: string, title: string) => {
    const own = order?.by === key ? order : undefined;
    return (
      <th key={key} scope="col" aria-sort={own && (own.descending ? 'descending' : 'ascending')}>
        {onOrder ? (
          <button
            type="button"
            class="sort"
            onClick={() => onOrder({ by: key, descending: own ? !own.descending : false })}
          >
            {title}
            <span aria-hidden="true">{own ? (own.descending ? ' ▼' : ' ▲') : ''}</span>
          </button>
        ) : (
          title
        )}
      </th>
    );
  };
  return (
    <Scroll label="Measures of every arm">
      <table class={onOrder ? 'stack broad sortable' : 'stack broad'}>
        <caption>Held-out rows, mean over {design.seeds} seeds (± standard deviation over the seeds)</caption>
        <thead>
          <tr>
            {head('name', 'arm')}
            {columns.map(([key, title]) => head(key, title))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, isArm, cells }) => (
            <tr key={name} class={isArm ? undefined : 'baseline'}>
              <th scope="row">{name}</th>
              {columns.map(([key, title]) => (
                <td key={key} data-name={title}>
                  {cells[key] && <span class="whole">{cells[key].text}</span>}
                  {cells[key]?.spread && <small> ± {cells[key].spread}</small>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const number = (value: number | null | undefined) => value ?? Number.NaN;

const armRows = ({ arms }: Comparison, names: readonly string[]): Row[] =>
  arms.map(
    ({ name, measures, deadUnits, saturatedUnits, hiddenUnits, diverged, runs, epochsToBaseline }) => ({
      name,
      isArm: true,
      cells: {
        ...Object.fromEntries(
          names.map((measure) => {
            const { mean, standardDeviation } = measures[measure] ?? { mean: null, standardDeviation: null };
            const spread = typeof standardDeviation === 'number' && {
              spread: valueText(measure, standardDeviation),
            };
            return [measure, { text: valueText(measure, mean), ...spread, value: number(mean) }];
          }),
        ),
        dead: { text: `${deadUnits} of ${hiddenUnits}`, value: deadUnits },
        saturated: { text: `${saturatedUnits} of ${hiddenUnits}`, value: saturatedUnits },
        diverged: { text: `${diverged} of ${runs}`, value: diverged },
        epochs: { text: String(epochsToBaseline.median ?? '–'), value: number(epochsToBaseline.median) },
      },
    }),
  );

const baselineRows = (baselines: Comparison['baselines'], names: readonly string[]): Row[] =>
  Object.values(baselines).map(({ text, measures }) => ({
    name: text,
    isArm: false,
    cells: Object.fromEntries(
      names.map((measure) => {
        const mean = measures[measure]?.mean ?? null;
        return [measure, { text: valueText(measure, mean), value: number(mean) }];
      }),
    ),
  }));

/** In the order that is asked for; what has no value stands last either way. */
function ordered(rows: readonly Row[], order: ArmsOrder | undefined): readonly Row[] {
  if (!order) return rows;
  const { by, descending } = order;
  const sign = descending ? -1 : 1;
  const keyOf = ({ cells }: Row) => cells[by]?.value ?? Number.NaN;
  return [...rows].sort((a, b) => {
    if (by === 'name') return sign * a.name.localeCompare(b.name, 'en');
    const [x, y] = [keyOf(a), keyOf(b)];
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || sign * (x - y) || 0;
  });
}

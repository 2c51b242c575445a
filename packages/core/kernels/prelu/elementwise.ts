// PReLU per channel, forward or backward, row by row. A row is `channels` elements with a slope each where inner = 1, else one
// channel's `inner` elements. What is left of it beyond whole vectors is the row's last vector, which overlaps the one before: read
// before anything of the row is written, so that y may be x.
import { type LaneType, unlessNaN, type V } from '@rectify/lanes';
import {
  advance,
  countDown,
  get,
  int,
  load,
  loadSplat,
  minus,
  plus,
  set,
  store,
  storeLane,
  times,
  WasmLanes,
} from '@rectify/lanes/wasm';

interface Plan {
  k: WasmLanes;
  backward: boolean;
  /** Bytes of an element, and elements of a vector. */
  width: 4 | 8;
  lanes: 4 | 2;
  /** The locals that point to the next element of x, dy and y. */
  pointers: readonly string[];
}

/** Where a row's slopes come from: read along with its elements, or one for all of them. */
type Slopes = 'each' | V;

/** A slope of 0 gives +0, even of −∞. */
function result({ k, backward }: Plan, x: V, dy: V | undefined, s: V): V {
  return backward && dy !== undefined
    ? k.mul(dy, unlessNaN(k, x, k.select(k.gt(x, k.c(0)), k.c(1), s)))
    : k.select(k.lt(x, k.c(0)), k.andnot(k.mul(x, s), k.eq(s, k.c(0))), x);
}

/** The result for what `read` gives of x, dy and the slopes, named. */
function evaluate(plan: Plan, slopes: Slopes, read: (pointer: string) => V): V {
  const { k, backward } = plan;
  const x = k.let(read('$x'));
  const dy = backward ? k.let(read('$dy')) : undefined;
  return k.let(result(plan, x, dy, k.let(slopes === 'each' ? read('$s') : slopes)));
}

const moving = ({ pointers }: Plan, slopes: Slopes): readonly string[] =>
  slopes === 'each' ? [...pointers, '$s'] : pointers;

function vectors(plan: Plan, slopes: Slopes, count: number): string {
  const body = plan.k.block(() => {
    const stores = Array.from({ length: count }, (_, i) =>
      store(
        get('$y'),
        evaluate(plan, slopes, (pointer) => load(get(pointer), 16 * i)),
        16 * i,
      ),
    );
    return `${stores.join('\n')}\n${advance(moving(plan, slopes), int(16 * count))}`;
  });
  return countDown('$n', count * plan.lanes, body);
}

function elements(plan: Plan, slopes: Slopes): string {
  const { k, width } = plan;
  const body = k.block(() => {
    const value = evaluate(plan, slopes, (pointer) => loadSplat(width, get(pointer)));
    return `${storeLane(width, get('$y'), value)}\n${advance(moving(plan, slopes), int(width))}`;
  });
  return countDown('$n', 1, body);
}

/** The row's last vector, of x and dy that were read into $tx and $tdy before; $b leads from the pointers to it. */
function lastVector(plan: Plan, slopes: Slopes): string {
  const { k, backward } = plan;
  const at = (pointer: string): string => plus(get(pointer), get('$b'));
  return k.block(() => {
    const s = k.let(slopes === 'each' ? load(at('$s')) : slopes);
    const value = result(plan, k.local('$tx'), backward ? k.local('$tdy') : undefined, s);
    return `${store(at('$y'), k.let(value))}\n${advance(moving(plan, slopes), plus(get('$b'), int(16)))}`;
  });
}

function row(plan: Plan, slopes: Slopes): string {
  const { width, lanes, backward } = plan;
  // From the pointers, where n elements are left, to the last vector of the row.
  const toLast = set('$b', minus(times(get('$n'), int(width)), int(16)));
  const [two, one] = [vectors(plan, slopes, 2), vectors(plan, slopes, 1)];
  const single = elements(plan, slopes);
  const last = lastVector(plan, slopes);
  const ahead = (pointer: string): V => load(plus(get(pointer), get('$b')));
  return `(if (i32.lt_u ${get('$n')} ${int(lanes)}) (then ${single}) (else
      ${toLast}
      ${set('$tx', ahead('$x'))}
      ${backward ? set('$tdy', ahead('$dy')) : ''}
      ${two}
      ${one}
      (if ${get('$n')} (then ${toLast} ${last}))))`;
}

/** All channels of one outer position: they lie side by side. */
const sideBySide = (plan: Plan): string => `${set('$n', get('$channels'))} ${row(plan, 'each')}`;

/** The same where each channel is a run of `inner` elements. */
const runs = (plan: Plan): string =>
  `${set('$c', get('$channels'))} ${countDown(
    '$c',
    1,
    `${set('$slope', loadSplat(plan.width, get('$s')))} ${advance(['$s'], int(plan.width))}
     ${set('$n', get('$inner'))} ${row(plan, plan.k.local('$slope'))}`,
  )}`;

/** The function (x, [dy,] slopes, y, outer, channels, inner). */
export function elementwise(name: string, type: LaneType, backward: boolean): string {
  const k = new WasmLanes(type);
  const pointers = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const plan: Plan = { k, backward, width: k.single ? 4 : 8, lanes: k.single ? 4 : 2, pointers };
  const outer = (body: string): string => countDown('$outer', 1, `${set('$s', get('$slopes'))} ${body}`);
  const [each, run] = [sideBySide(plan), runs(plan)].map(outer);
  return `(func (export "${name}") (param $x i32) ${backward ? '(param $dy i32)' : ''} (param $slopes i32) (param $y i32)
    (param $outer i32) (param $channels i32) (param $inner i32)
    (local $s i32) (local $n i32) (local $b i32) (local $c i32) (local $tx v128) (local $tdy v128) (local $slope v128)
    ${k.declarations()}
    ${k.constantsSet()}
    (if (i32.eq ${get('$inner')} ${int(1)}) (then ${each}) (else ${run})))`;
}

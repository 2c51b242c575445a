import { Refused } from '../../frame/refused.js';
import { codec, decimal } from '../../route/codec.js';
import { hrefOf, placeState } from '../../route/route.js';
import { Catch } from './catch.js';
import { Claim } from './claim.js';
import { YourTurn } from './your-turn.js';

const start = placeState('start', codec({ a: decimal(0.2, 0, 1) }));

/** The claim, the catch, your turn. It is rendered when the page is built, so that it stands without JavaScript. */
export default function Start() {
  return (
    <>
      <h1 tabIndex={-1}>Leaky ReLU: what it does, and whether your data needs it</h1>
      <Refused of={start} />
      <Claim slope={start.state.value.a} onSlope={(a) => start.set({ a }, 'replace')} />
      <Catch replay={hrefOf('tutorial', new URLSearchParams({ step: 'replay' }))} />
      <YourTurn />
    </>
  );
}

import { useState } from 'preact/hooks';
import { LiveChart } from '../../chart/live-chart.js';
import { Refused } from '../../frame/refused.js';
import { placeOf } from '../../route/places.js';
import { route } from '../../route/route.js';
import { type Open, table } from '../../table/table.js';
import { TableBar } from '../../table/table-bar.js';
import { lossOf, scoreOf } from './charts.js';
import { Controls } from './controls.js';
import { Exports } from './exports.js';
import { LayerShares } from './layer-shares.js';
import { Picture, type UnitPlace } from './picture.js';
import { Scores } from './scores.js';
import { Settings, splitWords } from './settings.js';
import { optionsOf, trainState } from './state.js';
import { Troubles } from './troubles.js';
import { UnitCard } from './unit-card.js';
import { useNetwork } from './use-network.js';

/** One network, watched while it learns. */
export default function Train() {
  const open = table.value;
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('train').title}</h1>
      <Refused of={trainState} />
      <section>
        <TableBar />
      </section>
      {open && open.info.label !== undefined ? (
        <Watched key={open.info.sha256} open={open} />
      ) : (
        <section id="train">
          <Settings sizes={undefined} />
        </section>
      )}
    </>
  );
}

function Watched({ open }: { open: Open }) {
  const state = trainState.state.value;
  const network = useNetwork(open.worker, optionsOf(state), state.epochs);
  const [place, setPlace] = useState<UnitPlace>({ layer: 0, unit: 0 });
  const { facts, frame } = network;
  const sizes = facts?.sizes;
  const asked = route.value.params.has('net') && sizes && state.net !== sizes.join('-');
  return (
    <>
      <section id="train">
        <Settings sizes={sizes} />
        {asked && (
          <p class="note">
            {state.net} was asked for; this table makes it {sizes.join('-')}, since its columns decide the
            inputs and its label the outputs.
          </p>
        )}
        <Controls network={network} epochs={state.epochs} />
        {facts?.warnings.map((warning) => (
          <p key={warning} class="warn">
            {warning}
          </p>
        ))}
        {facts && frame ? (
          <>
            <div class="pair">
              <div>
                <Picture facts={facts} frame={frame} chosen={place} onChoose={setPlace} />
                <Troubles frame={frame} />
              </div>
              <UnitCard facts={facts} frame={frame} place={place} />
            </div>
            <div class="pair">
              <LiveChart {...lossOf(facts, frame.curves, state.epochs)} />
              <LiveChart {...scoreOf(facts, frame.curves, state.epochs)} />
            </div>
            <div class="pair">
              <div>
                <h2>Scores</h2>
                <Scores facts={facts} frame={frame} />
                <p class="muted">
                  Split: {splitWords[state.split]}. {facts.splitReason}
                </p>
              </div>
              <div>
                <h2>Layers</h2>
                <LayerShares facts={facts} frame={frame} />
              </div>
            </div>
          </>
        ) : (
          <div class="answer" />
        )}
      </section>
      {facts && (
        <section id="exports">
          <Exports network={network} />
        </section>
      )}
    </>
  );
}

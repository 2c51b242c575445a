import 'virtual:view.css';
import './style/page.css';
import './style/controls.css';
import './style/places.css';
import './style/print.css';
import { hydrate, render } from 'preact';
import { App } from './app.js';
import { loadPlace } from './frame/place-view.js';
import { rememberPlaces } from './route/carry.js';
import { followHistory, route } from './route/route.js';
import { followTable } from './table/table.js';

const root = document.getElementById('app') as HTMLElement;

followHistory();
rememberPlaces();
followTable();
// What was rendered at build time stands until its place is there, and is then taken over as it is.
await loadPlace(route.value.place);
const { place, known, params } = route.value;
// A hydration leaves attributes as they are: what a link has changed is drawn anew.
if (place === 'start' && known && params.size === 0) hydrate(<App />, root);
else {
  root.replaceChildren();
  render(<App />, root);
}
document.documentElement.dataset.live = '';

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // After the first view has had the line to itself. Without it the page works, but for offline.
  setTimeout(() => navigator.serviceWorker.register('./sw.js', { scope: './' }).catch(() => {}), 3000);
}

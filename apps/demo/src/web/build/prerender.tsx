import { renderToString } from 'preact-render-to-string';
import { App } from '../app.js';
import { usePlace } from '../frame/place-view.js';
import Start from '../places/start/start.js';

/** The page at `#/` as HTML. */
export function prerendered(): string {
  usePlace('start', Start);
  return renderToString(<App />);
}

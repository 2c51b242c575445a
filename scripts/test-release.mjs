// npm run test:release [-- WORD…]: installs, since a clone may be fresh, and then goes the round that consumers/round-trip.mjs describes.
import { install } from './pnpm.mjs';

install();
await import('./consumers/round-trip.mjs');

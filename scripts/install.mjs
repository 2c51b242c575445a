// Installs what the lock file pins, with the pnpm that package.json pins.
import { install } from './pnpm.mjs';

install();

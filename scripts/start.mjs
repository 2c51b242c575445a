// npm start: installs, builds and runs the main job to its end. Arguments go to the rectify command.
import { install, pnpm, run } from './pnpm.mjs';

install();
pnpm('run', 'build');
run(process.execPath, ['apps/demo/dist/cli.js', ...process.argv.slice(2)]);

// The workflows have no fault that actionlint knows, and each of their steps is a command of the project, or one that is listed here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../.github/workflows', import.meta.url));
const workflows = readdirSync(folder);
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

/** Commands of the workflows that are not scripts of package.json; `npm run test:release` runs them all here. */
const known = ['npm test', 'node scripts/install.mjs', 'git push --tags'];

describe.each(workflows)('%s', (name) => {
  it('runs commands of the project alone', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const steps = [...text(name).matchAll(/^\s+- run: (.+)$/gm)].map(([, command]) => command as string);
    expect(steps.length).toBeGreaterThan(0);
    expect(text(name)).not.toMatch(/run: [|>]/);
    for (const step of steps) {
      const [, script] = /^npm run ([\w:]+)/.exec(step) ?? [];
      expect(script ? script in scripts : known.includes(step), step).toBe(true);
    }
  });

  it('pins its actions, and gives each job no more than it needs', () => {
    for (const [, action] of text(name).matchAll(/uses: (\S+)/g))
      expect(action).toMatch(/@(?:v\d+\.\d+\.\d+|[0-9a-f]{40})$/);
    expect(text(name)).toMatch(/^permissions:/m);
    expect(text(name)).not.toMatch(/write-all|pull_request_target/);
  });
});

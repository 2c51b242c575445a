import type { Comparison } from '@rectify/experiment';

/** The arms with their means, for a spreadsheet. */
export function armsCsv({ arms }: Comparison): string {
  const names = Object.keys(arms[0].measures);
  const lines = arms.map(({ name, measures, deadUnits, hiddenUnits, diverged, runs }) =>
    [
      `"${name.replaceAll('"', '""')}"`,
      ...names.map((one) => measures[one].mean),
      deadUnits,
      hiddenUnits,
      diverged,
      runs,
    ].join(),
  );
  return `${['arm', ...names, 'dead_units', 'hidden_units', 'diverged', 'runs'].join()}\n${lines.join('\n')}\n`;
}

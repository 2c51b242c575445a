import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './report.js';
import { reportPage } from './report-page.js';

const fileNames = ['report.json', 'report.html'] as const;

const contents = (report: Report): Record<(typeof fileNames)[number], string> => ({
  'report.json': `${JSON.stringify(report, null, 2)}\n`,
  'report.html': reportPage(report),
});

/** A report folder that cannot be written to, found out before any work is done. */
export class ReportFolderError extends Error {
  override readonly name = 'ReportFolderError';
}

/** Makes sure, before minutes of work, that the folder can be made and takes files; leaves no trace. */
export async function checkReportFolder(folder: string): Promise<void> {
  try {
    const created = await mkdir(folder, { recursive: true });
    const probe = join(folder, `.report.${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
    for (const name of fileNames)
      if (await isFolder(join(folder, name))) throw new Error(`${name} there is a folder`);
    if (created) await rm(created, { recursive: true });
  } catch (cause) {
    throw new ReportFolderError(`--report ${folder}: ${(cause as Error).message}`, { cause });
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/**
 * Writes `report.json` and `report.html`, whole or not at all: both are written under other names first, and take their
 * own only when both are complete.
 */
export async function writeReport(folder: string, report: Report): Promise<string[]> {
  const files = Object.entries(contents(report)).map(([name, text]) => ({
    text,
    path: join(folder, name),
    partial: join(folder, `.${name}.${process.pid}`),
  }));
  await mkdir(folder, { recursive: true });
  try {
    for (const { partial, text } of files) await writeFile(partial, text);
    for (const { partial, path } of files) await rename(partial, path);
  } catch (error) {
    await Promise.all(files.map(({ partial }) => rm(partial, { force: true })));
    throw error;
  }
  return files.map(({ path }) => path);
}

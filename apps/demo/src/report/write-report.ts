import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { OutputError, reason } from '../command/output.js';
import type { Report } from './report.js';
import { reportPage } from './report-page.js';
import { writeFilesTogether } from './write-files.js';

const fileNames = ['report.json', 'report.html'] as const;

/** A report folder that cannot be used, found out before any work is done. */
export class ReportFolderError extends Error {
  override readonly name = 'ReportFolderError';
}

/** Makes sure, before minutes of work, that the folder can be made and takes files; leaves no trace. */
export async function checkReportFolder(folder: string): Promise<void> {
  let created: string | undefined;
  try {
    created = await mkdir(folder, { recursive: true });
    const probe = join(folder, `.${randomUUID()}.probe`);
    await (await open(probe, 'wx')).close();
    await rm(probe);
    for (const name of fileNames)
      if (await isFolder(join(folder, name))) throw new Error(`${name} there is a folder`);
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    const said = `--report ${folder}: ${reason(error)}`;
    if (error.code === 'ENOSPC' || error.code === 'EIO') throw new OutputError(said, { cause });
    throw new ReportFolderError(said, { cause });
  } finally {
    if (created) await removeEmpty(folder, created);
  }
}

/** Removes the folder and those above it up to `last`, as far as nobody has put anything into them. */
async function removeEmpty(folder: string, last: string): Promise<void> {
  for (let path = folder; !relative(last, path).startsWith('..'); path = dirname(path)) {
    const gone = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!gone) return;
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

/** `report.json`, and `report.html`, which names it by its SHA-256, so that each page tells which data it is of. */
export function reportFiles(report: Report): Record<(typeof fileNames)[number], string> {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const sha256 = createHash('sha256').update(json).digest('hex');
  return { 'report.json': json, 'report.html': reportPage(report, { name: 'report.json', sha256 }) };
}

/**
 * Writes `report.json` and `report.html`, both or none: see `writeFilesTogether`.
 *
 * @throws OutputError (as a rejection) when the disk does not take them
 */
export async function writeReport(folder: string, report: Report): Promise<string[]> {
  try {
    return await writeFilesTogether(folder, reportFiles(report));
  } catch (cause) {
    throw new OutputError(`--report ${folder}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

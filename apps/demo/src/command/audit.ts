import { type Audit, auditAsync, summarize, type Table } from '@rectify/dataset';
import type { Command } from 'commander';
import { printedTable } from '../report/print.js';
import type { Context } from './context.js';
import { type NamedTable, openTable } from './table/open-table.js';
import { addTableOptions, type TableArguments } from './table/table-options.js';

interface AuditArguments extends TableArguments {
  json?: true;
}

export function addAudit(program: Command, context: Context): void {
  addTableOptions(program.command('audit'), '<file>')
    .description('what would mislead on a table: leaks, twins, panels, ids, impossible and missing values')
    .option('--json', 'the same as data, alone on standard output')
    .action((file: string, args: AuditArguments) => auditCommand(file, args, context));
}

async function auditCommand(file: string, args: AuditArguments, context: Context): Promise<void> {
  const { stdout, signal } = context;
  const opened = await openTable(file, args, context);
  const found = await auditAsync(opened.table, signal ? { signal } : {});
  stdout.write(
    args.json ? `${JSON.stringify(auditData(opened, found), null, 2)}\n` : auditText(opened, found),
  );
}

/** Everything that the audit of a table comes to, as plain data. */
const auditData = ({ table, notes, path }: NamedTable, found: Audit) => ({
  table: { file: path, ...summarize(table) },
  columns: columnsOf(table),
  notes: [...notes, ...found.notes.map((because) => ({ because }))],
  findings: found.findings,
  skipped: found.skipped,
});

/** What each column is taken for, and what it holds. */
function columnsOf(table: Table) {
  const summaries = table.describe().columns;
  return table.schema.columns.map(({ name, kind, role }, i) => {
    const { column: _, kind: __, ...figures } = summaries[i];
    return { name, kind, role, ...figures };
  });
}

const auditText = ({ table, path }: NamedTable, found: Audit): string => {
  const roles = columnsOf(table).map(
    ({ name, kind, role }) => `${name} (${role === 'feature' ? kind : role})`,
  );
  return `${path}\n\n${printedTable(summarize(table))}\n  columns: ${roles.join(', ')}\n\n${found}\n`;
};

import {
  Audit,
  auditAsync,
  type Description,
  summarizeAsync,
  type Table,
  type TableSummary,
} from '@rectify/dataset';
import type { Command } from 'commander';
import { printedTable } from '../report/print.js';
import type { Context } from './context.js';
import { withOptions } from './table/advice.js';
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
  const stop = signal ? { signal } : {};
  const opened = await openTable(file, args, context);
  const { findings, skipped, notes } = await auditAsync(opened.table, stop);
  const found = new Audit(findings.map(withOptions), skipped, notes);
  const facts = await summarizeAsync(opened.table, stop);
  if (args.json) {
    const columns = columnsOf(opened.table, await opened.table.describeAsync(stop));
    stdout.write(`${JSON.stringify(auditData(opened, facts, columns, found), null, 2)}\n`);
  } else stdout.write(auditText(opened, facts, found));
}

/** Everything that the audit of a table comes to, as plain data. */
const auditData = (
  { notes, path }: NamedTable,
  facts: TableSummary,
  columns: ReturnType<typeof columnsOf>,
  found: Audit,
) => ({
  table: { file: path, ...facts },
  columns,
  notes: [...notes, ...found.notes.map((because) => ({ because }))],
  findings: found.findings,
  skipped: found.skipped,
});

/** What each column is taken for, and what it holds. */
const columnsOf = ({ schema }: Table, { columns }: Description) =>
  schema.columns.map(({ name, kind, role }, i) => {
    const { column: _, kind: __, ...figures } = columns[i];
    return { name, kind, role, ...figures };
  });

const auditText = ({ table, path }: NamedTable, facts: TableSummary, found: Audit): string => {
  const roles = table.schema.columns.map(
    ({ name, kind, role }) => `${name} (${role === 'feature' ? kind : role})`,
  );
  return `${path}\n\n${printedTable(facts)}\n  columns: ${roles.join(', ')}\n\n${found}\n`;
};

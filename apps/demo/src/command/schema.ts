import type { Command } from 'commander';
import type { Context } from './context.js';
import { openTable } from './table/open-table.js';
import { addTableOptions, type TableArguments } from './table/table-options.js';

export function addSchema(program: Command, context: Context): void {
  addTableOptions(program.command('schema'), '<file>')
    .description("write the table's schema as JSON, to be edited and given to --schema")
    .action(async (file: string, args: TableArguments) => {
      const { schema } = await openTable(file, args, context);
      context.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
}

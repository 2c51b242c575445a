import type { TableSchema } from '../table/schema.js';

/**
 * The columns of `Diabetestype.csv`. Glucose is read as mmol/L and HbA1c as mmol/mol, since the file names no units and these
 * are the only usual ones that its values fit. Ranges say what a living adult can show, not what is healthy.
 */
export const diabetesSchema: TableSchema = {
  columns: [
    {
      name: 'Age',
      kind: 'number',
      role: 'feature',
      unit: 'years',
      range: { low: 0, high: 122, source: 'oldest verified human age' },
    },
    {
      name: 'BS Fast',
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: {
        low: 2,
        high: 15,
        source:
          'below 2.2 is severe hypoglycaemia; 15 fasting is more than twice the WHO limit for diabetes (7.0)',
      },
    },
    {
      name: 'BS pp',
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 33, source: 'point-of-care meters read 1.1 to 33.3' },
    },
    {
      name: 'Plasma R',
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 33, source: 'point-of-care meters read 1.1 to 33.3' },
    },
    {
      name: 'Plasma F',
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 15, source: 'as BS Fast' },
    },
    {
      name: 'HbA1c',
      kind: 'number',
      role: 'feature',
      unit: 'mmol/mol',
      range: { low: 15, high: 184, source: 'IFCC values of 3.5 % to 19 %' },
    },
    { name: 'Type', kind: 'category', role: 'label', levels: ['Normal', 'Type1', 'Type2'], missing: 'error' },
    { name: 'Class', kind: 'number', role: 'leak', optional: true },
  ],
};

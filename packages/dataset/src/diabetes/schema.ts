import type { TableSchema } from '../table/schema.js';

/**
 * The columns of `Diabetestype.csv`. Glucose is read as mmol/L and HbA1c as mmol/mol, since the file names no units and these
 * are the only usual ones that its values fit. Ranges say what a living adult can show, not what is healthy. A header may name the unit,
 * as `HbA1c (mmol/mol)` does, and write `bs_fast` for `BS Fast`.
 */
export const diabetesSchema: TableSchema = {
  columns: [
    {
      name: 'Age',
      aliases: ['Age (y)', 'Age (yr)', 'Age (yrs)', 'Age (year)', 'Age (in years)'],
      kind: 'number',
      role: 'feature',
      unit: 'years',
      range: { low: 0, high: 122, source: 'oldest verified human age' },
    },
    {
      name: 'BS Fast',
      aliases: ['Blood Sugar Fast', 'Blood Sugar Fasting', 'Fasting Blood Sugar', 'BS Fasting'],
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
      aliases: ['Blood Sugar pp', 'Blood Sugar Postprandial', 'BS Postprandial', 'Postprandial Blood Sugar'],
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 33, source: 'point-of-care meters read 1.1 to 33.3' },
    },
    {
      name: 'Plasma R',
      aliases: ['Plasma Random', 'Random Plasma', 'Random Plasma Glucose'],
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 33, source: 'point-of-care meters read 1.1 to 33.3' },
    },
    {
      name: 'Plasma F',
      aliases: ['Plasma Fasting', 'Plasma Fast', 'Fasting Plasma', 'Fasting Plasma Glucose'],
      kind: 'number',
      role: 'feature',
      unit: 'mmol/L',
      range: { low: 2, high: 15, source: 'as BS Fast' },
    },
    {
      name: 'HbA1c',
      aliases: ['Hb A1c', 'A1c', 'Glycated Haemoglobin', 'Glycated Hemoglobin'],
      kind: 'number',
      role: 'feature',
      unit: 'mmol/mol',
      range: { low: 15, high: 184, source: 'IFCC values of 3.5 % to 19 %' },
    },
    { name: 'Type', kind: 'category', role: 'label', levels: ['Normal', 'Type1', 'Type2'], missing: 'error' },
    { name: 'Class', kind: 'number', role: 'leak', optional: true },
  ],
};

/** Numbers of a column; a missing cell is NaN. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Texts of a column: `levels[codes[i]]`; a missing cell has code −1. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** The cells of one column. */
export type Column = NumberColumn | CategoryColumn;

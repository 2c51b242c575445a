export { type AuditOptions, audit, auditAsync } from './audit/audit.js';
export { type Finding, type FindingId, findingIds, type SkippedChecks } from './audit/finding.js';
export { Audit } from './audit/result.js';
export { type AuditThresholds, auditThresholds } from './audit/thresholds.js';
export { sampleDiabetes } from './diabetes/sample.js';
export { diabetesSchema } from './diabetes/schema.js';
export { type Deduped, dedupe } from './groups/dedupe.js';
export type { Holes } from './groups/holes.js';
export { type IdColumn, idColumns } from './groups/id-columns.js';
export { findPanels, type PanelOptions, type Panels, panelIds } from './groups/panels.js';
export { type EncodedLabels, encodeLabels, type LabelScheme } from './prepare/encode.js';
export {
  type CategoryEncoding,
  type EncodedColumn,
  type Encoder,
  type EncoderJson,
  type EncoderOptions,
  encoderFromJson,
  fitEncoder,
} from './prepare/encoder.js';
export {
  fitImputer,
  type Imputer,
  type ImputerJson,
  type ImputerOptions,
  type ImputeStrategy,
  imputerFromJson,
} from './prepare/impute.js';
export { type NumberMatrix, toFloat32 } from './prepare/matrix.js';
export {
  type NegativeShare,
  type NegativeShares,
  negativeShares,
  negativeSharesAsync,
} from './prepare/negative-share.js';
export { fitPca, fitPcaAsync, type Pca, type PcaJson, type PcaOptions, pcaFromJson } from './prepare/pca.js';
export {
  fitMinMaxScaler,
  fitRobustScaler,
  fitStandardScaler,
  type MinMaxScaler,
  type MinMaxScalerJson,
  type RobustScaler,
  type RobustScalerJson,
  type Scaler,
  type ScalerJson,
  type StandardScaler,
  type StandardScalerJson,
  scalerFromJson,
} from './prepare/scale.js';
export { formatIssue, TableError, type TableIssue } from './read/error.js';
export { type InferenceNote, type InferOptions, type InferredSchema, inferSchema } from './read/infer.js';
export {
  type DroppedRows,
  type LoadOptions,
  loadTable,
} from './read/load.js';
export { type OpenedTable, type OpenOptions, openTable } from './read/open.js';
export type { LoadLimits, LoadProgress, MissingText, ReadOptions } from './read/options.js';
export type { RoleOptions } from './read/roles.js';
export type { TableSource } from './read/source.js';
export { shuffled } from './split/shuffle.js';
export {
  type FoldOptions,
  type Split,
  type SplitMethod,
  type SplitOptions,
  split,
  splitAsync,
} from './split/split.js';
export type { RunOptions, StepProgress } from './steps/steps.js';
export type { CategoryColumn, Column, NumberColumn } from './table/column.js';
export { type ColumnSummary, Description } from './table/describe.js';
export { type TableFormat, thousandsMarks } from './table/format.js';
export type { CategoryEncoder, MatrixOptions } from './table/matrix.js';
export { formatNote, type TableNote } from './table/note.js';
export {
  type ColumnRole,
  type ColumnSchema,
  checkSchema,
  columnRoles,
  type TableSchema,
} from './table/schema.js';
export { summarize, summarizeAsync, type TableSummary } from './table/summarize.js';
export {
  type Cell,
  type Float64Matrix,
  type Matrix,
  type Row,
  Table,
} from './table/table.js';

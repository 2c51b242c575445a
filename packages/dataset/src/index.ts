export type { NumberMatrix } from './_matrix.js';
export type { LoadLimits, LoadProgress, ReadOptions } from './_read-records.js';
export { Audit, type AuditOptions, audit } from './audit.js';
export { type AuditThresholds, auditThresholds } from './audit-thresholds.js';
export type { CategoryColumn, Column, NumberColumn } from './column.js';
export { type Deduped, dedupe } from './dedupe.js';
export { type ColumnSummary, Description } from './describe.js';
export { diabetesSchema } from './diabetes.js';
export { type EncodedLabels, encodeLabels, type LabelScheme } from './encode.js';
export { formatIssue, TableError, type TableIssue } from './error.js';
export { type Finding, type FindingId, findingIds } from './finding.js';
export {
  fitImputer,
  type Imputer,
  type ImputerJson,
  type ImputerOptions,
  type ImputeStrategy,
  imputerFromJson,
} from './impute.js';
export { type InferenceNote, type InferOptions, type InferredSchema, inferSchema } from './infer.js';
export {
  type DroppedRows,
  type LoadOptions,
  loadTable,
} from './load.js';
export { type NegativeShare, type NegativeShares, negativeShares } from './negative-share.js';
export { findPanels, type PanelOptions, type Panels, panelIds } from './panels.js';
export { fitPca, type Pca, type PcaJson, pcaFromJson } from './pca.js';
export { sampleDiabetes } from './sample.js';
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
} from './scale.js';
export { type ColumnRole, type ColumnSchema, checkSchema, type TableSchema } from './schema.js';
export { shuffled } from './shuffle.js';
export type { TableSource } from './source.js';
export { type FoldOptions, type Split, type SplitMethod, type SplitOptions, split } from './split.js';
export { summarize, type TableSummary } from './summarize.js';
export {
  type Cell,
  type Matrix,
  type Row,
  Table,
} from './table.js';

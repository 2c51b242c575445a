export type StepId =
  | 'relu'
  | 'leaky-relu'
  | 'table'
  | 'encoding'
  | 'split'
  | 'network'
  | 'training'
  | 'evaluation'
  | 'claim-low'
  | 'claim-pca'
  | 'claim-negatives';

/** One step of the tutorial: what it shows, as lines of text, and what is true of it. */
export interface TutorialStep {
  readonly id: StepId;
  readonly title: string;
  readonly shown: string;
  readonly truth: string;
}

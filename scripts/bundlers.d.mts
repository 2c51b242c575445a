/** One entry, and where its bundle goes. */
export interface Job {
  input: string;
  outdir: string;
  /** What is left out. */
  external?: RegExp;
  minify?: boolean;
}

export type BundlerName = 'esbuild' | 'rollup' | 'vite' | 'webpack';
export const bundlers: Record<BundlerName, (job: Job) => Promise<void>>;

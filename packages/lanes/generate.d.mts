/** See generate.mjs. */
export function generate(paths: {
  entry: string;
  target: string;
  tools?: readonly string[];
}): Promise<boolean>;

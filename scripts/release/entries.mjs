/** The files that a manifest's `exports` and `bin` name; whoever installs the package loads these. */
export function entriesOf({ exports = {}, bin = {} }) {
  const paths = (value) =>
    typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap((inner) => paths(inner));
  return [...new Set([...paths(exports), ...paths(bin)])].filter((path) => !path.includes('*'));
}

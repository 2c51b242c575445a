const snakeCase = (name: string) =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** Names of the groups that an archive has for the layers of a model: each by its class, counting those of the same class. */
export function groupNames(classes: string[]): string[] {
  const used = new Map<string, number>();
  return classes.map((one) => {
    const name = snakeCase(one);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

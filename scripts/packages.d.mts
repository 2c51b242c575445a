/** Makes `node_modules` of a folder: our packages as published, from their sources, and all that they depend on. */
export function installPackages(folder: string): Promise<void>;

/** One package, as it is published, in a folder. */
export function transpile(name: string, to: string): Promise<void>;

export const nodeVersions: string[];
export const toolSets: string[];

/** The `node_modules` of a set, if some command has fetched it. */
export function fetchedTools(set: string): string | undefined;

/** The `node_modules` of a set, which is fetched first where it is not there; that needs npm's registry. */
export function fetchTools(set: string): string;

/** The program of a package that has one package for each kind of machine, whose install script would only link it into place. */
export function programOfScope(modules: string, scope: string, path: string): string | undefined;

export function nodeProgram(version: string): string;

/** One Markdown page with the licence of each package that one of the files belongs to. Throws where a package has no licence text. */
export function licenceTexts(files: Iterable<string>): string;

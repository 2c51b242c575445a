/** Texts that people and programs write for a missing cell, in lower case. */
const always = ['?', 'na', 'n/a', 'nan', 'null', '#n/a', '<na>', '#na', 'missing', '(null)'];

/** Among numbers these mean missing too; among texts they may well be a level, such as `-` beside `+`, or `none`. */
const amongNumbers = ['none', '-', '--', '.', 'nil', '#div/0!', '#value!', '#num!'];

const alwaysMissing = new Set(always);
const missingAmongNumbers = new Set([...always, ...amongNumbers]);

export const isMissingWord = (text: string): boolean => alwaysMissing.has(text.toLowerCase());

export const isMissingAmongNumbers = (text: string): boolean =>
  text.length <= 8 && missingAmongNumbers.has(text.toLowerCase());

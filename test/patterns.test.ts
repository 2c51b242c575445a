import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

// What a stranger's file says goes through these patterns, so none may need more than linear time, whatever the text. recheck proves
// it for regular languages, and attacks the rest. Its verdict says also what time an unanchored pattern needs from all its beginnings.

// The JavaScript part of recheck: nothing native is installed for it.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const root = fileURLToPath(new URL('..', import.meta.url));

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly places: string[];
}

/** Paths of all sources, from the root. */
function sources(): string[] {
  const rooms = ['packages', 'apps'].flatMap((room) =>
    readdirSync(`${root}/${room}`).map((name) => `${room}/${name}/src`),
  );
  return rooms
    .filter((room) => existsSync(`${root}/${room}`))
    .flatMap((room) =>
      readdirSync(`${root}/${room}`, { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
    )
    .filter((file) => /\.tsx?$/.test(file))
    .sort();
}

/** Every regular expression that is written in the sources, once. */
function patternsInSources(): { patterns: Pattern[]; built: string[] } {
  const found = new Map<string, Pattern>();
  const built: string[] = [];
  for (const file of sources()) {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
        const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const pattern = found.get(node.text) ?? { source, flags, places: [] };
        pattern.places.push(`${file}:${line}`);
        found.set(node.text, pattern);
      } else if (isCallOfRegExp(node)) {
        built.push(file);
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { patterns: [...found.values()], built };
}

const isCallOfRegExp = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';

/** Patterns that no stranger's text reaches, or only a short one, each with the reason. */
const bounded: Record<string, string> = {
  '^\\.[\\w.-]+\\.[\\da-f-]{36}\\.(partial|previous)$': 'a name in a folder: 255 characters at most',
  ' *\\n *': 'text of our own programs for the GPU',
  'vec4 activation\\(vec4 x\\) \\{[^}]*\\}': 'text of our own programs for the GPU',
  'fn activation\\(a : ([^,]+), coords : [^)]+\\) -> [^{]+\\{[^}]*\\}':
    'text of our own programs for the GPU',
  '(^|\\/)(optimizer|metrics|_?loss_tracker|compile_metrics|_compile_metrics|_metrics|seed_generator(_\\d+)?)\\/':
    'recheck gives no verdict in time; it begins at a slash, and no part of it goes over one',
};

const { patterns, built } = patternsInSources();

/** Undefined when the pattern is linear, else what recheck says of it. */
function complaint(source: string, flags: string): string | undefined {
  const verdict = checkSync(source, flags, { timeout: 20_000, randomSeed: 1 });
  if (verdict.status === 'safe') return undefined;
  return verdict.status === 'vulnerable' ? `vulnerable: ${verdict.complexity.summary}` : 'no verdict';
}

describe('regular expressions of all sources', () => {
  test('there are some, and none is put together at run time', () => {
    expect(patterns.length).toBeGreaterThan(40);
    // What assembles kernels is never shipped.
    expect(built.filter((file) => !file.startsWith('packages/lanes/'))).toEqual([]);
  });

  test('the check finds what it is for', () => {
    expect(complaint('^[+-]?(?:\\d+\\.?\\d*|\\.\\d+)$', '')).toMatch(/^vulnerable: .*polynomial/);
    expect(complaint('\\s+$', '')).toMatch(/^vulnerable: .*polynomial/);
    expect(complaint('^(a|a)*b$', '')).toMatch(/^vulnerable: exponential/);
  });

  test.each(patterns.map(({ source, flags, places }) => [source, flags, places.join(', ')] as const))(
    '/%s/%s is linear: %s',
    (source, flags) => {
      if (bounded[source] === undefined) expect(complaint(source, flags)).toBeUndefined();
    },
  );

  test('no exception is left over', () => {
    const known = new Set(patterns.map(({ source }) => source));
    expect(Object.keys(bounded).filter((source) => !known.has(source))).toEqual([]);
  });
});

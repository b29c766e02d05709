import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { anchor } from './anchor.js';

export interface Page {
  readonly file: string;
  readonly links: readonly string[];
  /** Anchors of its headings, the second of one name numbered as GitHub does. */
  readonly anchors: ReadonlySet<string>;
  /** What stands in backticks in a line. */
  readonly spans: readonly string[];
  readonly blocks: readonly { readonly info: string; readonly text: string }[];
  readonly text: string;
}

/** Of other formats (entries) or not ours. */
const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', 'intents', 'fixtures']);

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(file);
    return entry.name.endsWith('.md') ? [file] : [];
  });
}

/** Every page of the documentation. */
export const readPages = (): readonly Page[] =>
  markdownFiles('.').map((file) => readPage(file, readFileSync(file, 'utf8')));

export function readPage(file: string, text: string): Page {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => void tokens.push(token));
  const of = <T extends Token>(type: string) => tokens.filter((token) => token.type === type) as T[];
  return {
    file,
    text,
    links: [...of<Tokens.Link>('link'), ...of<Tokens.Image>('image')].map(({ href }) => href),
    anchors: numbered(of<Tokens.Heading>('heading').map((heading) => anchor(heading.text))),
    spans: of<Tokens.Codespan>('codespan').map((span) => span.text),
    blocks: of<Tokens.Code>('code').map((code) => ({ info: code.lang ?? '', text: code.text })),
  };
}

function numbered(anchors: readonly string[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    anchors.map((name) => {
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return before === 0 ? name : `${name}-${before}`;
    }),
  );
}

/** Links of a page that lead nowhere in this repository; those to other sites are not opened. */
export function deadLinks(page: Page, pages: readonly Page[]): string[] {
  return page.links.filter((href) => {
    if (/^[a-z]+:/.test(href)) return false;
    const [target = '', fragment] = decodeURI(href).split('#');
    const file = target === '' ? page.file : path.join(path.dirname(page.file), target);
    if (!existsSync(file)) return true;
    const linked = pages.find((other) => other.file === file);
    return fragment !== undefined && linked !== undefined && !linked.anchors.has(fragment);
  });
}

/** Paths of this repository named in backticks that are not there. */
export const missingPaths = (page: Page): string[] =>
  page.spans.filter(
    (span) =>
      /^(?:docs|src|test|deploy|sandbox|bench|bin)\/[\w./-]+$/.test(span) &&
      !existsSync(span) &&
      !existsSync(`${span}.test.ts`),
  );

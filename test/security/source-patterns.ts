import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

export interface SourcePattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that is written in `src`, read from its syntax tree; each once. */
export function sourcePatterns(root = 'src'): readonly SourcePattern[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const found = files.flatMap((file) => patternsOf(file, readFileSync(path.join(root, file), 'utf8')));
  return [...new Map(found.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern])).values()];
}

/** Those in one source text. */
export function patternsOf(file: string, text: string): SourcePattern[] {
  const found: SourcePattern[] = [];
  const left: unknown[] = [parseSync(text, { syntax: 'typescript', target: 'es2022' })];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, pattern, flags } = node as { type?: unknown; pattern?: unknown; flags?: unknown };
    if (type === 'RegExpLiteral') found.push({ file, source: String(pattern), flags: String(flags) });
    left.push(...Object.values(node));
  }
  return found;
}

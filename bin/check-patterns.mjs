// Asks recheck about every pattern in src; ends non-zero where one takes more than linear time. No network, no Java.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** What it cannot decide in that time, and look-arounds, are left to test/security/hostile-patterns.test.ts. */
const TIMEOUT_MS = 800;

function patternsOf(text) {
  const found = [];
  const left = [parseSync(text, { syntax: 'typescript', target: 'es2022' })];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (node.type === 'RegExpLiteral') found.push(node);
    left.push(...Object.values(node));
  }
  return found;
}

const seen = new Set();
const bad = [];
for (const file of readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts')))
  for (const { pattern, flags } of patternsOf(readFileSync(path.join('src', file), 'utf8'))) {
    if (seen.has(`/${pattern}/${flags}`)) continue;
    seen.add(`/${pattern}/${flags}`);
    const found = checkSync(pattern, flags, { timeout: TIMEOUT_MS, checker: 'automaton' });
    if (found.status === 'vulnerable')
      bad.push(`src/${file}: /${pattern}/${flags} (${found.complexity.summary})`);
  }

if (bad.length > 0) {
  console.error(`Patterns that take more than linear time:\n${bad.join('\n')}`);
  process.exitCode = 1;
} else console.log(`${seen.size} patterns, none known to take more than linear time`);

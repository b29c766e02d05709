import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';

/** Rooms whose texts stand in `src/texts`: what people read there is written nowhere else. */
const moved: readonly string[] = [
  'cli',
  'slack/checks',
  'slack/commands',
  'slack/fixes',
  'slack/fleets',
  'slack/home',
  'slack/kit',
  'slack/listeners',
  'slack/maintainers',
  'slack/questions',
  'slack/talk',
  'slack/wire',
];

/** A folder of a moved room whose texts are still to move. */
const waiting = 'cli/onboard/';

/** Three words in a row are a sentence; ids, keys and Block Kit's names are not. */
const SENTENCE = /[A-Za-z'’]{2,}[ ,:]+[A-Za-z'’]{2,}[ ,:]+[A-Za-z'’]{2,}/;

/** What a logger is told, nobody reads in Slack, nor what says that acknet's own code is wrong. */
const LOGGING: ReadonlySet<unknown> = new Set(['debug', 'info', 'warn', 'error']);

/** The texts written in one source file, those of the log, of errors for developers and imports left out. */
function sentencesOf(text: string): string[] {
  const found: string[] = [];
  const left: unknown[] = [parseSync(text, { syntax: 'typescript', target: 'es2022' })];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { type, value, cooked } = node as { type?: unknown; value?: unknown; cooked?: unknown };
    if (isLogging(node) || isOwnFault(node) || isScript(cooked)) continue;
    if (type === 'StringLiteral' && SENTENCE.test(String(value))) found.push(String(value));
    if (type === 'TemplateElement' && SENTENCE.test(String(cooked))) found.push(String(cooked));
    left.push(...Object.values(node));
  }
  return found;
}

/** What Redis runs, nobody reads. */
const isScript = (text: unknown): boolean => String(text).includes('redis.call(');

function isLogging(node: object): boolean {
  const { type, callee } = node as { type?: unknown; callee?: { property?: { value?: unknown } } };
  return type === 'CallExpression' && LOGGING.has(callee?.property?.value);
}

function isOwnFault(node: object): boolean {
  const { type, callee } = node as { type?: unknown; callee?: { value?: unknown } };
  return type === 'NewExpression' && (callee?.value === 'RangeError' || callee?.value === 'TypeError');
}

describe('the catalogue of texts', () => {
  it('would find a sentence written beside it', () => {
    expect(
      sentencesOf(
        "export const a = 'The node is not there yet'; const c = 'an_id'; logger.info({}, 'for the log only');",
      ),
    ).toEqual(['The node is not there yet']);
  });

  it.each(moved.map((room) => [room]))('holds every sentence of %s', (room) => {
    const files = readdirSync(path.join('src', room), { recursive: true, encoding: 'utf8' });
    const beside = files
      .filter((file) => file.endsWith('.ts') && !`${room}/${file}`.startsWith(waiting))
      .flatMap((file) =>
        sentencesOf(readFileSync(path.join('src', room, file), 'utf8')).map((text) => `${file}: ${text}`),
      );
    expect(beside).toEqual([]);
  });
});

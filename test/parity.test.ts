import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../src/checks/index.js';
import { errorCodes, openCodes } from '../src/errors.js';
import { danglingIds } from '../src/intents/dangling-ids.js';
import type { Intent } from '../src/intents/intent.js';
import { loadIntents } from '../src/intents/load-intents.js';
import { remediations } from '../src/remediations/index.js';

const filesIn = (folder: string): { area: string; id: string }[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: area }) =>
      readdirSync(path.join(folder, area))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => ({ area, id: file.replace(/\.ts$/, '') })),
    );
/** Files that define one of what the folder is for, not a shared piece beside them. */
const defining = (folder: string, call: string) =>
  filesIn(folder).filter(({ area, id }) =>
    readFileSync(path.join(folder, area, `${id}.ts`), 'utf8').includes(`= ${call}(`),
  );

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

describe('checks', () => {
  const defined = defining('src/checks', 'defineCheck');

  it('are registered, each under its file’s name and its folder’s area', () => {
    expect(checks.map(({ id, area }) => `${area}/${id}`).sort()).toEqual(
      defined.map(({ area, id }) => `${area}/${id}`).sort(),
    );
  });

  it('have a test each', () => {
    expect(defined.filter(({ area, id }) => !testedIn(path.join('test/checks', area), id))).toEqual([]);
  });

  it('name entries that exist, and are named by an entry', () => {
    const known = new Set(intents.map(({ id }) => id));
    const named = new Set(intents.flatMap((intent) => intent.checks));
    const messages = checks.flatMap((check) =>
      Object.values(check.messages).flatMap(({ intent }) => intent ?? []),
    );
    expect([...checks.flatMap((check) => check.intents), ...messages].filter((id) => !known.has(id))).toEqual(
      [],
    );
    expect(checks.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('remediations', () => {
  const defined = defining('src/remediations', 'defineRemediation');

  it('are registered, each under its file’s name', () => {
    expect(remediations.map(({ id }) => id).sort()).toEqual(defined.map(({ id }) => id).sort());
  });

  it('have a test each', () => {
    expect(defined.filter(({ area, id }) => !testedIn(path.join('test/remediations', area), id))).toEqual([]);
  });

  it('fix findings that exist, and belong to an entry that names them', () => {
    const findings = new Set(
      checks.flatMap(({ id, messages }) => Object.keys(messages).map((key) => `${id}.${key}`)),
    );
    const named = new Set(intents.flatMap((intent) => intent.remediations));
    expect(remediations.flatMap(({ fixes }) => fixes).filter((id) => !findings.has(id))).toEqual([]);
    expect(remediations.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('entries', () => {
  it('name only checks and remediations that exist', () => {
    const known = {
      checks: new Set(checks.map(({ id }) => id)),
      remediations: new Set(remediations.map(({ id }) => id)),
    };
    expect(danglingIds(intents, known)).toEqual([]);
  });

  it('say what decides them: a check, or where to look', () => {
    expect(intents.filter((intent) => intent.checks.length === 0 && intent.blind === undefined)).toEqual([]);
  });
});

describe('documents', () => {
  it('list every code that people can read, and no other', () => {
    const listed = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z]+\.[a-z-]+)` \|/gm)].map(
      (m) => m[1] as string,
    );
    expect(listed.sort()).toEqual([...Object.keys(errorCodes), ...openCodes].sort());
  });

  it('list every command of the terminal in the README', () => {
    const source = readFileSync('src/cli/run-command.ts', 'utf8');
    const commands = [...source.matchAll(/\.command\('([a-z]+)/g)].map((m) => m[1] as string);
    const readme = readFileSync('README.md', 'utf8');
    expect(commands.filter((command) => !new RegExp(`acknet (\\w+ )?${command}\\b`).test(readme))).toEqual(
      [],
    );
  });

  it('link to files that exist', () => {
    const broken = [
      'README.md',
      'CONTRIBUTING.md',
      ...readdirSync('docs')
        .filter((f) => f.endsWith('.md'))
        .map((f) => `docs/${f}`),
    ].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
        .map((m) => path.join(path.dirname(file), m[1] as string))
        .filter((target) => !existsSync(target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

/** A file of its own, or a case in a sibling's file that tells two checks apart. */
function testedIn(folder: string, id: string): boolean {
  if (existsSync(path.join(folder, `${id}.test.ts`))) return true;
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((file) =>
    readFileSync(path.join(folder, file), 'utf8').includes(`/${id}.js'`),
  );
}

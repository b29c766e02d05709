import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AcknetError } from '../errors.js';
import type { Intent } from './intent.js';
import { type EntrySource, type ParsedEntry, parseEntry } from './parse-entry.js';
import { loadPassageKinds } from './passages/passage-kinds.js';

/** Reads `<folder>/passages.yaml` and `<folder>/<area>/<id>.md`, sorted by id; throws one `intent.invalid` that lists every fault by file. */
export async function loadIntents(folder: string): Promise<readonly Intent[]> {
  const sources = await readSources(folder);
  const kinds = await loadPassageKinds(folder);
  const entries = sources.map((source) => ({ source, parsed: parseEntry(source, kinds) }));
  refuse([
    ...entries.flatMap(({ source, parsed }) => parsed.faults.map((fault) => `${source.file}: ${fault}`)),
    ...duplicates(entries.map(({ parsed }) => parsed)),
  ]);

  const intents = entries.flatMap(({ parsed }) => (parsed.intent === undefined ? [] : [parsed.intent]));
  return Object.freeze(intents.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(freeze));
}

async function readSources(folder: string): Promise<readonly EntrySource[]> {
  const listed = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('intent.invalid', `${folder}: cannot be read (${cause.code})`, { cause });
  });
  const areas = listed.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return (await Promise.all(areas.sort().map((area) => readArea(folder, area)))).flat();
}

async function readArea(folder: string, area: string): Promise<readonly EntrySource[]> {
  const names = (await readdir(path.join(folder, area))).filter((name) => !name.startsWith('.')).sort();
  const strays = names.filter((name) => !name.endsWith('.md'));
  refuse(strays.map((name) => `${path.join(area, name)}: only .md files belong here`));
  return Promise.all(
    names.map(async (name) => ({
      file: path.join(path.basename(folder), area, name),
      folder: area,
      name: path.basename(name, '.md'),
      text: await readFile(path.join(folder, area, name), 'utf8'),
    })),
  );
}

function duplicates(entries: readonly ParsedEntry[]): readonly string[] {
  const first = new Map<string, string>();
  return entries.flatMap(({ intent }) => {
    if (intent === undefined) return [];
    const earlier = first.get(intent.id);
    first.set(intent.id, earlier ?? intent.file);
    return earlier === undefined ? [] : [`${intent.file}: id: "${intent.id}" is already in ${earlier}`];
  });
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new AcknetError(
    'intent.invalid',
    `The knowledge base has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`,
    { hint: 'docs/writing-intents.md says what an entry may hold.' },
  );
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

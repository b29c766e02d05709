import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { checkSamples } from './check-samples.js';
import { type Intent, type IntentMeta, intentMetaSchema, type Passage, type SectionName } from './intent.js';
import { defaultKind, type PassageKinds } from './passages/passage-kinds.js';
import { markFaults, withoutMarks } from './passages/passage-marks.js';
import { splitPassages } from './passages/split-passages.js';
import { unknownPlaceholders } from './placeholders.js';
import { type EntryParts, splitEntry } from './split-entry.js';
import { splitWhenBlocks } from './when-blocks.js';

/** Where an entry was read from: `folder` and `name` must agree with its `area` and `id`. */
export interface EntrySource {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

export interface ParsedEntry {
  readonly intent: Intent | undefined;
  /** `key: what is wrong`, without the file's name. */
  readonly faults: readonly string[];
}

export function parseEntry(source: EntrySource, kinds: PassageKinds): ParsedEntry {
  const faults: string[] = [];
  const parts = splitEntry(source.text, (fault) => faults.push(fault));
  const meta = parseMeta(parts.frontMatter, faults);
  if (meta !== undefined) faults.push(...misplaced(meta, source));
  faults.push(...sectionFaults(parts.sections, new Set(Object.keys(kinds))));
  if (meta === undefined || faults.length > 0) return { intent: undefined, faults };
  const body = { sections: plainSections(parts.sections), passages: passagesOf(parts.sections, kinds) };
  return { intent: { ...meta, ...body, file: source.file }, faults };
}

function plainSections(sections: EntryParts['sections']): Intent['sections'] {
  return Object.fromEntries(Object.entries(sections).map(([name, text]) => [name, withoutMarks(text)]));
}

function passagesOf(sections: EntryParts['sections'], kinds: PassageKinds): readonly Passage[] {
  return Object.entries(sections).flatMap(([name, text]) => {
    const section = name as SectionName;
    return splitPassages(section, text, defaultKind(kinds, section));
  });
}

function parseMeta(yaml: string | undefined, faults: string[]): IntentMeta | undefined {
  if (yaml === undefined) return undefined;
  const document = parseDocument(yaml);
  if (document.errors.length > 0) {
    faults.push(...document.errors.map((error) => `front matter: ${error.message.split('\n')[0]}`));
    return undefined;
  }
  const parsed = intentMetaSchema.safeParse(document.toJS());
  if (!parsed.success) faults.push(...parsed.error.issues.flatMap(describeIssue));
  return parsed.data;
}

function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: unknown key`);
  }
  return [`${issue.path.join('.') || 'front matter'}: ${issue.message}`];
}

function misplaced(meta: IntentMeta, { folder, name }: EntrySource): readonly string[] {
  return [
    ...(meta.area === folder ? [] : [`area: "${meta.area}", but the file lies in the folder "${folder}"`]),
    ...(meta.id === name ? [] : [`id: "${meta.id}", but the file is named "${name}.md"`]),
    ...repeated(meta.ask).map((text) => `ask: "${text}" stands twice`),
  ];
}

function repeated(texts: readonly string[]): readonly string[] {
  const folded = texts.map((text) => text.toLowerCase());
  return texts.filter((_, at) => folded.indexOf(folded[at] ?? '') !== at);
}

function sectionFaults(sections: EntryParts['sections'], kinds: ReadonlySet<string>): readonly string[] {
  return Object.entries(sections).flatMap(([name, markdown]) => {
    const faults: string[] = [];
    splitWhenBlocks(markdown, (fault) => faults.push(fault));
    faults.push(...checkSamples(markdown), ...markFaults(markdown, kinds));
    faults.push(...unknownPlaceholders(markdown).map((key) => `{{${key}}} is not a placeholder`));
    return faults.map((fault) => `## ${name}: ${fault}`);
  });
}

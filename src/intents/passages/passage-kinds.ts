import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AcknetError } from '../../errors.js';
import { sectionNames } from '../intent.js';

/** What an entry's `plugin` is about; the one kind that code names. */
export const APPLIES_TO = 'applies-to';

const kindSchema = z.strictObject({
  /** What a passage of the kind tells, in a few words. */
  title: z.string().trim().min(1).max(72),
  /** The section whose unmarked blocks are of this kind. */
  section: z.enum(sectionNames).optional(),
  /** How people ask for it. */
  ask: z.array(z.coerce.string().trim().min(1)).default([]),
});

const passageKindsSchema = z
  .record(z.string().regex(/^[a-z]+(-[a-z]+)*$/), kindSchema)
  .refine((kinds) => sectionNames.every((name) => defaultsFor(kinds, name).length === 1), {
    error: 'each section needs exactly one kind for its unmarked blocks',
  })
  .refine((kinds) => APPLIES_TO in kinds, { error: `the kind ${APPLIES_TO} is missing` });

/** By name, what a passage of an entry can be about. */
export type PassageKinds = Readonly<Record<string, z.infer<typeof kindSchema>>>;

/** Reads `passages.yaml` in the folder. */
export async function loadPassageKinds(folder: string): Promise<PassageKinds> {
  const file = path.join(folder, 'passages.yaml');
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AcknetError('intent.invalid', `${file}: cannot be read (${cause.code})`, { cause });
  });
  const document = parseDocument(text);
  const parsed = passageKindsSchema.safeParse(document.errors.length > 0 ? undefined : document.toJS());
  if (parsed.success) return Object.freeze(parsed.data);
  const faults =
    document.errors.length > 0
      ? document.errors.map(({ message }) => message.split('\n')[0])
      : parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top level)'}: ${issue.message}`);
  throw new AcknetError('intent.invalid', `${file} has ${faults.length} fault(s):\n- ${faults.join('\n- ')}`);
}

/** The kind of a section's unmarked blocks. */
export function defaultKind(kinds: PassageKinds, section: (typeof sectionNames)[number]): string {
  return defaultsFor(kinds, section)[0] ?? '';
}

function defaultsFor(kinds: PassageKinds, section: string): readonly string[] {
  return Object.entries(kinds).flatMap(([name, kind]) => (kind.section === section ? [name] : []));
}

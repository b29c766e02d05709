import path from 'node:path';
import { z } from 'zod';
import { sectionNames } from '../intent.js';
import { readData } from '../read-data.js';

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
  return Object.freeze(await readData(path.join(folder, 'passages.yaml'), passageKindsSchema));
}

/** The kind of a section's unmarked blocks. */
export function defaultKind(kinds: PassageKinds, section: (typeof sectionNames)[number]): string {
  return defaultsFor(kinds, section)[0] ?? '';
}

function defaultsFor(kinds: PassageKinds, section: string): readonly string[] {
  return Object.entries(kinds).flatMap(([name, kind]) => (kind.section === section ? [name] : []));
}

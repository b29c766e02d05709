import type { z } from 'zod';

/** What Redis holds, where it reads as expected. undefined = nothing, or another version or somebody else wrote it. */
export function readStored<T>(schema: z.ZodType<T>, text: string | null | undefined): T | undefined {
  if (text == null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

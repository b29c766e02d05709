import { z } from 'zod';
import { objectRefSchema } from './object-ref.js';

/** One field as it was when the card was made: a digest, and the text itself where it can hold no secret. */
export const factSchema = z.object({
  field: z.string(),
  digest: z.string(),
  shown: z.string().optional(),
});
export type Fact = z.infer<typeof factSchema>;

/** What an approval relies on, object by object, field by field: every difference can be named, and ends the change. */
export const basisSchema = z.array(z.object({ about: objectRefSchema, facts: z.array(factSchema) }));
export type Basis = z.infer<typeof basisSchema>;

import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const addOn = z
  .looseObject({
    name: z.string().min(1),
    version: z.string().nullish(),
    state: z.string().nullish(),
  })
  .transform((raw) => ({
    name: raw.name,
    version: raw.version || undefined,
    /** Of an installed one: `active`, or what is under way. */
    state: raw.state || undefined,
  }));
export type AddOn = z.infer<typeof addOn>;

export const installedAddOns: CloudRead<AddOn> = { action: 'cs:ListClusterAddonInstances', schema: addOn };

/** The newest of each that there is for the cluster. */
export const offeredAddOns: CloudRead<AddOn> = { action: 'cs:ListAddons', schema: addOn };

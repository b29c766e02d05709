import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const nameAndVersion = z.looseObject({ name: z.string().min(1), version: z.string().nullish() });

const installedAddOn = nameAndVersion.extend({ state: z.string().nullish() }).transform((raw) => ({
  name: raw.name,
  version: raw.version || undefined,
  /** `active`, or what is under way. */
  state: raw.state || undefined,
}));
export type InstalledAddOn = z.infer<typeof installedAddOn>;

export const installedAddOns: CloudRead<InstalledAddOn> = {
  action: 'cs:ListClusterAddonInstances',
  schema: installedAddOn,
};

const offeredAddOn = nameAndVersion.transform((raw) => ({
  name: raw.name,
  version: raw.version || undefined,
}));
export type OfferedAddOn = z.infer<typeof offeredAddOn>;

/** The newest of each that there is for the cluster. */
export const offeredAddOns: CloudRead<OfferedAddOn> = { action: 'cs:ListAddons', schema: offeredAddOn };

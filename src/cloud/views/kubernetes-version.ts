import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const kubernetesVersion = z
  .looseObject({ version: z.string().min(1), expiration_date: z.string().nullish() })
  .transform((raw) => ({
    version: raw.version,
    /** ISO time until which ACK supports it. */
    expires: raw.expiration_date || undefined,
  }));
export type KubernetesVersion = z.infer<typeof kubernetesVersion>;

export const kubernetesVersions: CloudRead<KubernetesVersion> = {
  action: 'cs:DescribeKubernetesVersionMetadata',
  schema: kubernetesVersion,
};

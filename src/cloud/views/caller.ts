import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const caller = z
  .looseObject({ AccountId: z.string().min(1), Arn: z.string(), IdentityType: z.string().nullish() })
  .transform(({ AccountId, Arn, IdentityType }) => ({
    account: AccountId,
    arn: Arn,
    type: IdentityType ?? undefined,
  }));

/** Who the credential is. */
export const callers: CloudRead<z.infer<typeof caller>> = {
  action: 'sts:GetCallerIdentity',
  schema: caller,
};

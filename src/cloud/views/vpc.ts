import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const vpc = z
  .looseObject({
    VpcId: z.string().min(1),
    CidrBlock: z.string().min(1),
    SecondaryCidrBlocks: z.looseObject({ SecondaryCidrBlock: z.array(z.string()) }).nullish(),
    UserCidrs: z.looseObject({ UserCidr: z.array(z.string()) }).nullish(),
  })
  .transform((raw) => ({
    id: raw.VpcId,
    cidr: raw.CidrBlock,
    /** undefined = the answer does not say whether there are any. */
    secondary: raw.SecondaryCidrBlocks?.SecondaryCidrBlock,
    /** Treated as private, so reached without SNAT; undefined as above. */
    user: raw.UserCidrs?.UserCidr,
  }));
export type Vpc = z.infer<typeof vpc>;

export const vpcs: CloudRead<Vpc> = { action: 'vpc:DescribeVpcs', schema: vpc };

import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const instance = z
  .looseObject({
    InstanceId: z.string().min(1),
    /** `Running`, `Stopped`, `Starting`, `Stopping`, `Pending`. */
    Status: z.string().min(1),
  })
  .transform((raw) => ({ id: raw.InstanceId, status: raw.Status }));
type Instance = z.infer<typeof instance>;

/** By `InstanceIds`, a JSON array as text. */
export const instances: CloudRead<Instance> = { action: 'ecs:DescribeInstances', schema: instance };

import { z } from 'zod';

/** Longer than these nobody waits: a number beyond is a slip of units. */
export const seconds = (most: number) => z.number().positive().max(most);
const wait = seconds(3600);

export const checksSchema = z.strictObject({
  deadlineSeconds: wait.default(120).describe('What did not finish by then is unknown.'),
  requestTimeoutSeconds: wait.default(15).describe('For one request to an API server.'),
  perCluster: z.int().positive().max(100).default(2).describe('Runs at a time on one cluster.'),
});

export const cloudLimitsSchema = z.strictObject({
  callsPerApi: z.int().min(1).max(30).default(30).describe('A minute, for each API.'),
  callsPerMinute: z.int().min(1).max(120).default(120).describe('A minute, all APIs together.'),
  callsAtOnce: z.int().min(1).max(5).default(5).describe('At the same time.'),
});

export const fixesSchema = z.strictObject({
  podReadySeconds: wait
    .default(180)
    .describe('How long a replaced pod may take to become Ready before the roll-out stops.'),
  verifySeconds: wait.default(180).describe('How long to wait for the check to turn clear after a fix.'),
  lockSeconds: wait
    .default(30)
    .describe("Lease of the cluster's lock: a dead worker's fix is taken over after it."),
});

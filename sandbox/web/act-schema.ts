import { z } from 'zod';
import { switchNames } from '../cloud/cloud-switches.js';

const text = z.string().max(40_000);
const place = { as: z.string(), channel: z.string() };

/** What the page asks the simulator to do, each as one person. */
export const actSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('say'),
    ...place,
    text,
    threadTs: z.string().optional(),
    broadcast: z.boolean().optional(),
  }),
  z.object({ act: z.literal('command'), ...place, text, threadTs: z.string().optional() }),
  z.object({
    act: z.literal('click'),
    as: z.string(),
    channel: z.string().optional(),
    ts: z.string().optional(),
    viewId: z.string().optional(),
    actionId: z.string(),
    blockId: z.string().optional(),
    value: z.string().optional(),
  }),
  z.object({
    act: z.literal('submit'),
    as: z.string(),
    viewId: z.string(),
    values: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
  }),
  z.object({ act: z.literal('closeView'), as: z.string(), viewId: z.string() }),
  z.object({ act: z.literal('openDm'), as: z.string() }),
  z.object({ act: z.literal('openHome'), as: z.string() }),
]);

export type PageAct = z.infer<typeof actSchema>;

/** A switch of the account of one cluster, as the page throws it. */
export const throwSchema = z.object({
  cluster: z.string(),
  name: z.enum(switchNames),
  on: z.boolean(),
  /** Absent = any. */
  api: z.string().optional(),
});

import { z } from 'zod';
import { people } from './names-schema.js';

const credential = z.strictObject({
  kubeconfig: z
    .string()
    .regex(/^[^~]/, 'a path, absolute or relative to acknet.yaml (~ stands for no folder here)')
    .optional()
    .describe(
      'Path of a kubeconfig file, relative to acknet.yaml. Absent: the service account that acknet runs under.',
    ),
  context: z.string().min(1).optional().describe('Context in it. Absent: its `current-context`.'),
});

const byRisk = <S extends z.ZodType>(value: S) =>
  z.strictObject({ low: value.optional(), medium: value.optional(), high: value.optional() });

const policy = z.strictObject({
  quorum: byRisk(z.int().positive().max(10)).prefault({}).describe('Votes needed, by risk. Absent: 1.'),
  requireReason: byRisk(z.boolean())
    .prefault({})
    .describe('Whether approvers must say why, by risk. Absent: no.'),
  selfApproval: z.boolean().default(false).describe('Whether who asked for a fix may approve it.'),
});

const endpoint = z
  .string()
  .regex(
    /^(?:[a-z0-9][a-z0-9.-]{3,200}(?::\d{2,5})?|https:\/\/[^\s/]{3,200}|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{2,5})?)$/,
    'a host such as vpc.cn-hangzhou.aliyuncs.com, or its https address',
  )
  .optional();

const cloudSchema = z.strictObject({
  clusterId: z
    .string()
    .regex(/^c[a-z0-9]{32}$/, 'a cluster id: c and 32 letters or digits')
    .describe('The id of the cluster in its account.'),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/, 'a region id such as cn-hangzhou')
    .describe('The region it lives in.'),
  network: z
    .enum(['public', 'vpc'])
    .default('public')
    .describe('Which endpoints of the cloud are called; `vpc`: those inside a VPC.'),
  endpoints: z
    .strictObject({ cs: endpoint, vpc: endpoint, ecs: endpoint, sts: endpoint })
    .prefault({})
    .describe('Endpoints by API, only where the rule of the region does not hold.'),
  assumeRole: z
    .string()
    .regex(/^acs:ram::\d{1,20}:role\/[\w.-]{1,64}$/, 'acs:ram::<account>:role/<name>')
    .optional()
    .describe("Role in the cluster's account, where that is another one than the credential's."),
});

const freeze = z.strictObject({
  from: z.iso.datetime({ offset: true }).describe('ISO time with its offset.'),
  to: z.iso.datetime({ offset: true }).describe('ISO time with its offset, after `from`.'),
  why: z.string().describe('Said to who tries to change something meanwhile.'),
});

export const clusterSchema = credential.extend({
  cloud: cloudSchema
    .optional()
    .describe('The account that the cluster lives in, read only. Absent: nothing of it is read.'),
  fixer: credential.optional().describe('The credential that applies approved fixes. Absent: no fixes.'),
  approvers: people.prefault({}).describe('Who may approve fixes. Both empty: nobody.'),
  policy: policy.prefault({}).describe('What an approval takes.'),
  readOnly: z
    .boolean()
    .default(false)
    .describe('No fixes, and no buttons for them, even where a fixer credential is named.'),
  freezes: z.array(freeze).default([]).describe('Times during which nothing may be changed.'),
  askers: people
    .optional()
    .describe('Who may ask for checks and see their results. Absent: every full member of the workspace.'),
});

import { z } from 'zod';
import { channelId, checkId, people } from './names-schema.js';

const labels = (...names: readonly string[]) =>
  z
    .array(z.string().min(1))
    .min(1)
    .default([...names]);

/** ARMS has names of its own beside those of kube-prometheus. */
const labelNames = z.strictObject({
  cluster: labels(
    ...['cluster', 'clustername', 'cluster_name', 'cluster_id'],
    ...['_aliyun_arms_involvedObject_id', '_aliyun_arms_involvedObject_name'],
  ).describe('Labels whose value is the name or the id of the cluster; all that are there must agree.'),
  node: labels('node', 'nodename', 'kubernetes_node').describe('Labels whose value is the name of the node.'),
  namespace: labels('namespace').describe('Labels whose value is the namespace.'),
  pod: labels('pod', 'pod_name').describe('Labels whose value is the name of the pod.'),
});

const rule = z.strictObject({
  alerts: z
    .array(z.string().regex(/^[^*]{1,200}\*?$/, 'a name of an alert, or the begin of one and *'))
    .min(1)
    .describe('Names of alerts (`alertname`); a `*` at the end stands for any rest.'),
  ignore: z.boolean().default(false).describe('Leave these alerts alone.'),
  checks: z.array(checkId).default([]).describe('Ids of the checks to run. Empty: all.'),
  only: z
    .enum(['node', 'namespace', 'cluster'])
    .default('cluster')
    .describe('What to look at: the node or the namespace that the alert names, or the whole cluster.'),
  channel: channelId.optional().describe('Where to post. Absent: as without a rule.'),
});

export const alertsSchema = z.strictObject({
  channel: channelId.describe('Where incidents are posted.'),
  channels: z
    .record(z.string(), channelId)
    .default({})
    .describe(
      'Another channel for a cluster, by its name. A cluster with `askers` is checked only with one.',
    ),
  cluster: z
    .string()
    .optional()
    .describe('The cluster that is meant by alerts without a label of one. Absent: they are not checked.'),
  clusters: z
    .record(z.string(), z.string())
    .default({})
    .describe('Names of clusters by the value of the label, where that is neither their name nor their id.'),
  labels: labelNames.prefault({}).describe('Which labels say where the alert is.'),
  ping: people.prefault({}).describe('Who is called when an incident opens. Both empty: nobody.'),
  rules: z
    .array(rule)
    .default([])
    .describe(
      'What to do with which alerts; the first that fits counts, then those acknet knows of kube-prometheus.',
    ),
  perMinute: z.int().min(1).max(6000).default(300).describe('Notifications a minute that a process takes.'),
});

export type AlertsConfig = z.infer<typeof alertsSchema>;

import { z } from 'zod';
import type { ClusterReader } from '../../cluster/ports.js';
import { isAtLeast } from '../../cluster/identity/versions.js';
import {
  type DisruptionBudgetView,
  disruptionBudgets,
} from '../../cluster/views/policies/disruption-budget.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { defineRemediation } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { blockingBudgets } from './blocking-budgets.js';
import { evictable, needsAcceptance } from './evictable-pods.js';
import {
  cordonChange,
  gatherNodeTarget,
  knownNodes,
  nodeParam,
  nodeReads,
  nodeWrites,
} from './node-target.js';

const EVICTIONS_SINCE = '1.22';

/** Source: FAQ, before a node is restarted or replaced. */
export const drainNode = defineRemediation({
  id: 'drain-node',
  title: 'Move the pods off a node (drain)',
  does: 'move the pods off node {node}',
  impact: 'Each pod there is stopped and, where something manages it, started on another node.',
  intent: 'flannel-no-ip-available',
  fixes: [],
  risk: 'high',
  undo: 'partial',
  after: 'unchanged',
  reads: [
    ...nodeReads,
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['list'] },
  ],
  writes: [...nodeWrites, { group: '', resource: 'pods/eviction', verbs: ['create'] }],
  params: z.strictObject({
    node: nodeParam,
    /** `<namespace>/<name>` of pods that may be lost: bare ones, and ones with data in an emptyDir. */
    accept: z.array(z.string()).max(200).default([]).meta({
      title: 'Pods that may be lost',
      description: 'namespace/name, comma between: bare pods, and pods with data in an emptyDir.',
    }),
    timeoutSeconds: z
      .int('a whole number')
      .min(30, 'at least 30')
      .max(3600, 'at most 3600')
      .default(600)
      .meta({
        title: 'Time limit in seconds',
        description: '30 to 3600: how long it waits for the pods to leave; 600 where empty.',
      }),
  }),

  known: (reader) => knownNodes(reader),

  async prove(reader, { params, target }) {
    const { name } = await gatherNodeTarget(reader, params.node, target);
    const left = (await reader.list(pods, { fieldSelector: `spec.nodeName=${name}` })).filter(evictable);
    return left.length === 0
      ? { state: 'in-effect', detail: `No pod that a drain moves is left on ${name}.` }
      : { state: 'not-in-effect', detail: `Still on ${name}: ${left.map(nameOf).join(', ')}.` };
  },

  async plan(reader, { params: { node: named, accept, timeoutSeconds }, target }) {
    const node = await gatherNodeTarget(reader, named, target);
    await refuseOldServer(reader, node.name);
    const [there, budgets] = await Promise.all([
      reader.list(pods, { fieldSelector: `spec.nodeName=${node.name}` }),
      reader.list(disruptionBudgets),
    ]);
    const leaving = there.filter(evictable);
    if (leaving.length === 0 && node.unschedulable) return { changes: [], warnings: [] };
    refuseUnaccepted(leaving, accept);
    const about = { kind: 'Node', name: node.name } as const;
    const drain = { verb: 'drain' as const, about, accepted: [...accept].sort(), timeoutSeconds };
    return {
      changes: [...cordonChange(node, true), ...(leaving.length > 0 ? [drain] : [])],
      warnings: [...blockedWarning(leaving, budgets), leavingWarning(leaving, timeoutSeconds)],
    };
  },
});

/** Older servers know policy/v1beta1 alone: a drain would stop there with the node cordoned. */
async function refuseOldServer(reader: ClusterReader, node: string): Promise<void> {
  const { major, minor, gitVersion } = await reader.serverVersion();
  if (isAtLeast([major, minor, 0, 0], EVICTIONS_SINCE)) return;
  throw refuse(
    `Evictions as acknet asks for them (policy/v1) exist from Kubernetes ${EVICTIONS_SINCE} on; this server is ${gitVersion}.`,
    `Drain it by hand: kubectl drain ${node} --ignore-daemonsets`,
  );
}

const nameOf = ({ namespace, name }: PodView): string => `${namespace}/${name}`;

function refuseUnaccepted(leaving: readonly PodView[], accepted: readonly string[]): void {
  const open = leaving.filter(needsAcceptance).filter((pod) => !accepted.includes(nameOf(pod)));
  if (open.length === 0) return;
  const bare = open.filter(({ owner }) => owner === undefined).map(nameOf);
  const data = open.filter(({ owner }) => owner !== undefined).map(nameOf);
  const parts = [
    ...(bare.length > 0 ? [`nothing would start these again: ${bare.join(', ')}`] : []),
    ...(data.length > 0 ? [`these would lose what they keep in an emptyDir: ${data.join(', ')}`] : []),
  ];
  throw refuse(
    `The node has pods that a drain would harm; ${parts.join('; ')}.`,
    'Accept each of them by name, or move them first.',
  );
}

function blockedWarning(leaving: readonly PodView[], budgets: readonly DisruptionBudgetView[]): string[] {
  const blocked = leaving.flatMap((pod) => {
    const names = blockingBudgets(budgets, pod);
    return names.length > 0 ? [`${nameOf(pod)} (${names.join(', ')})`] : [];
  });
  return blocked.length === 0
    ? []
    : [
        `PodDisruptionBudgets allow no eviction of these now; the drain waits for them until its time limit, and never overrules them: ${blocked.join(', ')}.`,
      ];
}

const leavingWarning = (leaving: readonly PodView[], timeoutSeconds: number): string =>
  `Pods that leave: ${leaving.map(nameOf).sort().join(', ') || 'none'}. Time limit ${timeoutSeconds} s. Pods of DaemonSets stay. Undo lifts the cordon only.`;

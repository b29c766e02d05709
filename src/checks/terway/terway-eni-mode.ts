import { type DaemonSetView, daemonSets } from '../../cluster/views/daemon-set.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { count } from '../../texts/count.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { isNetworkedNode, NO_POOL, poolOf } from '../node-kinds.js';
import { EXCLUSIVE_LABEL, isExclusiveNode, isLabelIgnored } from './exclusive-node.js';
import { needsTerway } from './terway-config.js';
import { isTerwayPod, isTerwaySet, terwaySetOfNode } from './terway-pods.js';

const CHANGED = /exclusive eni mode changed|node exclusive mode changed/i;

type Mode = 'exclusive' | 'shared';

/** Per node pool: since Terway 1.11.0 the DaemonSet's name no longer tells. Source: FAQ; cluster-signals 8.1. */
export const terwayEniMode = defineCheck({
  id: 'terway-eni-mode',
  title: 'ENI mode of each node pool',
  area: 'terway',
  intents: ['terway-eni-mode', 'terway-network-modes'],
  judges: ['terway-eniip', 'terway-eni'],
  reads: [
    { group: 'apps', resource: 'daemonsets', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods', verbs: ['list'] },
  ],
  appliesTo: needsTerway,
  messages: {
    changed: {
      severity: 'problem',
      atStart: true,
      text: 'The ENI mode of node {node} was changed after it joined, which Terway refuses: its pod there cannot start. The mode is fixed for a node; put it back, or replace the node.',
      explains: ['component-down', 'node-not-ready', 'pod-waiting', 'warning'],
      mends: 'ENI mode of the node',
      proof: 'state',
    },
    mixedPool: {
      severity: 'problem',
      text: 'Node pool {pool} mixes exclusive ({exclusive}) and shared ({shared}) ENI nodes; the mode belongs to the pool and holds for new nodes only.',
    },
    labelIgnored: {
      severity: 'advice',
      text: 'Node {node} is labelled for exclusive ENI but offers no aliyun/eni resource, so Terway runs it in shared mode.',
    },
  },

  async gather(reader) {
    const [sets, list, all] = await Promise.all([
      reader.list(daemonSets),
      reader.list(nodes),
      reader.list(pods),
    ]);
    return {
      sets: sets.filter(isTerwaySet),
      setOf: terwaySetOfNode(all),
      nodes: list.filter(isNetworkedNode),
      pods: all.filter(isTerwayPod),
    };
  },

  judge({ sets, setOf, nodes: list, pods: terwayPods }, report) {
    const [set] = sets;
    if (set === undefined) return report.notApplicable('No Terway DaemonSet runs in kube-system.');
    const exclusiveSets = new Set(sets.filter(isExclusiveSet).map(({ name }) => name));
    const isWhole = ({ name }: NodeView): boolean =>
      setOf.has(name) ? exclusiveSets.has(setOf.get(name) ?? '') : exclusiveSets.size === sets.length;
    const modeOf = (node: NodeView): Mode =>
      isWhole(node) || isExclusiveNode(node) ? 'exclusive' : 'shared';

    // Where both modes run, a node without a Terway pod is of either.
    const told = list.filter((node) => sets.length === 1 || setOf.has(node.name) || isExclusiveNode(node));
    for (const [pool, members] of groupBy(told, poolOf)) {
      const exclusive = members.filter((node) => modeOf(node) === 'exclusive');
      const shared = members.length - exclusive.length;
      report.fact({
        label: `Node pool ${pool}`,
        value: describePool(exclusive.length, shared),
        where: 'Nodes, labels',
      });
      if (exclusive.length > 0 && shared > 0 && pool !== NO_POOL)
        report.found(
          'mixedPool',
          { kind: 'NodePool', name: pool },
          {
            data: { pool, exclusive: exclusive.length, shared },
            evidence: exclusive.slice(0, 3).map(labelEvidence),
          },
        );
    }

    for (const pod of terwayPods) {
      const refused = pod.containers.find(({ message }) => CHANGED.test(message ?? ''));
      if (refused !== undefined && pod.node !== undefined)
        report.found(
          'changed',
          { kind: 'Node', name: pod.node },
          {
            data: { node: pod.node },
            evidence: [{ where: `Pod ${pod.name}, container ${refused.name}`, value: refused.message ?? '' }],
            affects: { nodes: [pod.node], workloads: [pod.owner?.name ?? set.name] },
          },
        );
    }
    for (const node of list.filter((candidate) => !isWhole(candidate) && isLabelIgnored(candidate)))
      report.found(
        'labelIgnored',
        { kind: 'Node', name: node.name },
        { data: { node: node.name }, evidence: [labelEvidence(node), allocatableEvidence(node)] },
      );
  },
});

const isExclusiveSet = ({ name, containers }: DaemonSetView): boolean =>
  name === 'terway-eni' || containers.some(({ args }) => isExclusiveFlag(args));

const isExclusiveFlag = (args: readonly string[]): boolean =>
  args.some(
    (arg, index) => /^-{1,2}daemon-mode(=|$)/.test(arg) && /ENIOnly/.test(arg + (args[index + 1] ?? '')),
  );

const describePool = (exclusive: number, shared: number): string =>
  [
    exclusive > 0 && `exclusive ENI: ${count(exclusive, 'node')}`,
    shared > 0 && `shared ENI: ${count(shared, 'node')}`,
  ]
    .filter(Boolean)
    .join(', ');

const labelEvidence = (node: NodeView): Evidence => ({
  where: `Node ${node.name}, label ${EXCLUSIVE_LABEL}`,
  value: node.labels[EXCLUSIVE_LABEL] ?? 'absent',
});

const allocatableEvidence = (node: NodeView): Evidence => ({
  where: `Node ${node.name}, status.allocatable`,
  value: Object.entries(node.allocatable)
    .map(([key, value]) => `${key}=${value}`)
    .join(', '),
});

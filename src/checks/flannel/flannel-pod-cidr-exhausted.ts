import type { NodeView } from '../../cluster/views/node.js';
import { count } from '../../texts/count.js';
import { usableAddresses } from '../cidr.js';
import { defineCheck } from '../judging/define-check.js';
import { eventEvidence } from '../recent-events.js';
import { needsFlannel } from './flannel-config.js';
import {
  addressReads,
  gatherAddresses,
  rangesOf,
  shortNodes,
  unplacedEvents,
  unplacedText,
} from './node-addresses.js';

/** Source: FAQ "Why are there insufficient Pod CIDR addresses, causing the no IP addresses available in range set error?". */
export const flannelPodCidrExhausted = defineCheck({
  id: 'flannel-pod-cidr-exhausted',
  title: 'Node pod ranges have room for the pods placed there',
  area: 'flannel',
  intents: ['flannel-pod-cidr-exhausted'],
  reads: addressReads,
  appliesTo: needsFlannel,
  messages: {
    full: {
      severity: 'problem',
      text: 'Node {node} has no pod address left: {used} {used:pod holds|pods hold} the {usable} of its range {range}. The range cannot be changed: move pods away, add nodes, or plan a new cluster.',
      explains: ['pod-waiting', 'warning'],
      mends: 'pod range of the node',
    },
    tight: {
      severity: 'advice',
      text: 'Node {node} admits {pods} {pods:pod|pods} but its range {range} serves {usable}; the rest would wait for an address.',
    },
    noRange: {
      severity: 'problem',
      text: 'Node {node} has no pod range (spec.podCIDR), so no pod can get an address there.',
      intent: 'plan-cluster-network',
      explains: ['pod-waiting', 'warning', 'component-down'],
      mends: 'pod range of the node',
    },
  },

  gather: gatherAddresses,

  judge(facts, report, context) {
    for (const { node, range, usable, used, events } of shortNodes(facts, context).filter(({ full }) => full))
      report.found(
        'full',
        { kind: 'Node', name: node.name },
        {
          data: { node: node.name, usable, used, range: range.text },
          evidence: [
            ...events.slice(0, 2).map(eventEvidence),
            {
              where: `Node ${node.name}, spec.podCIDRs and its pods`,
              value: `${range.text}, ${count(used, 'running pod holds', 'running pods hold')} an address of it`,
            },
          ],
        },
      );
    for (const node of facts.nodes.filter((candidate) => rangesOf(candidate).length === 0))
      report.found('noRange', aboutNode(node), {
        data: { node: node.name },
        evidence: [{ where: `Node ${node.name}, spec.podCIDR`, value: node.podCIDRs.join(', ') || 'absent' }],
        affects: {
          nodes: [node.name],
          workloads: context.identity.flannel === undefined ? [] : [context.identity.flannel.daemonSet],
        },
      });
    const [unplaced] = unplacedEvents(facts, context);
    if (unplaced !== undefined) report.unknown('check.no-evidence', unplacedText(unplaced));
    if (facts.nodes.length === 0) report.unknown('check.no-evidence', 'There are no nodes to look at.');
    for (const { node, range, pods, usable } of facts.nodes.flatMap(tightNode))
      report.found('tight', aboutNode(node), {
        data: { node: node.name, pods, usable, range: range.text },
        evidence: [
          {
            where: `Node ${node.name}, status.allocatable.pods and spec.podCIDRs`,
            value: `${pods}, ${range.text}`,
          },
        ],
      });
  },
});

/** host-network pods count towards maxPods and need no address, so a small surplus is how ACK sets nodes up. */
const SURPLUS = 3;

const aboutNode = ({ name }: NodeView) => ({ kind: 'Node', name });

/** The smallest of its ranges decides: a pod takes an address of each. */
function tightNode(node: NodeView) {
  const [range] = rangesOf(node).toSorted((a, b) => usableAddresses(a) - usableAddresses(b));
  const pods = Number(node.allocatable.pods);
  if (range === undefined || !(pods > usableAddresses(range) + SURPLUS)) return [];
  return [{ node, range, pods, usable: usableAddresses(range) }];
}

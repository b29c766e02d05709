import { nodes } from '../../cluster/views/node.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { holdsAddress } from '../terway/terway-pods.js';
import { aboutAll, hasIPv6, needsDualStack } from './dual-stack.js';

const SHOWN = 8;

/** Source: FAQ "How do I resolve common issues with IPv6 dual-stack?" (the pod IP is shown as IPv4); cluster-signals 8.4. */
export const dualStackPods = defineCheck({
  id: 'dual-stack-pods',
  title: 'Pods have an IPv6 address beside the IPv4 one',
  area: 'ipv6',
  intents: ['ipv6-pod-ip-shown-as-ipv4', 'ipv6-dual-stack', 'ipv6-pod-unreachable'],
  reads: [
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsDualStack,
  messages: {
    none: {
      severity: 'problem',
      text: 'None of the {total} {total:pod|pods} has an IPv6 address, though the cluster is dual stack. It is not only how kubectl shows them: status.podIPs holds no IPv6 either.',
      intent: 'ipv6-dual-stack',
    },
    noneOnNode: {
      severity: 'problem',
      text: 'No pod on {count} {count:node|nodes} has an IPv6 address ({nodes}), while pods on other nodes have: look at {count:that node|those nodes}.',
      intent: 'ipv6-dual-stack',
    },
    some: {
      severity: 'problem',
      text: '{count} of {total} {total:pod|pods} {count:has|have} IPv4 only, next to pods of the same node that have both. {count:It started before dual stack, or its IPv6 address failed: recreate it|They started before dual stack, or their IPv6 address failed: recreate them}.',
      intent: 'ipv6-pod-unreachable',
    },
  },

  async gather(reader) {
    const [list, all] = await Promise.all([reader.list(nodes), reader.list(pods)]);
    const networked = new Set(list.filter(isNetworkedNode).map(({ name }) => name));
    return all.filter((pod) => holdsAddress(pod) && pod.ips.length > 0 && networked.has(pod.node ?? ''));
  },

  judge(all, report) {
    if (all.length === 0)
      return report.unknown('check.no-evidence', 'No running pod has an address of its own to look at.');
    const single = all.filter(({ ips }) => !hasIPv6(ips));
    report.fact({
      label: 'Pods with an IPv6 address',
      value: `${all.length - single.length} of ${all.length}; kubectl get pods shows only the first address of each`,
      where: 'Pods, status.podIPs',
    });
    if (single.length === 0) return;
    if (single.length === all.length)
      return report.found('none', aboutAll('pods'), {
        data: { total: all.length },
        evidence: single.slice(0, SHOWN).map(addressEvidence),
      });

    const bare = [...groupBy(all, ({ node }) => node ?? '')].filter(([, own]) =>
      own.every(({ ips }) => !hasIPv6(ips)),
    );
    const bareNodes = new Set(bare.map(([node]) => node));
    const scattered = single.filter(({ node }) => !bareNodes.has(node ?? ''));
    if (bare.length > 0)
      report.found('noneOnNode', aboutAll('nodes'), {
        data: { count: bare.length, nodes: listed([...bareNodes], SHOWN) },
        evidence: bare.slice(0, SHOWN).flatMap(([, own]) => own.slice(0, 1).map(addressEvidence)),
      });
    if (scattered.length > 0)
      report.found('some', aboutAll('pods'), {
        data: { count: scattered.length, total: all.length },
        evidence: scattered.slice(0, SHOWN).map(addressEvidence),
      });
  },
});

const addressEvidence = (pod: PodView): Evidence => ({
  where: `Pod ${pod.namespace}/${pod.name} on ${pod.node ?? 'no node'}, status.podIPs`,
  value: `${pod.ips.join(', ')}${pod.startedAt === undefined ? '' : `, started ${pod.startedAt}`}`,
});

import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { isIPv6 } from '../cidr.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import { eniConfig, eniConfigWhere, gatherTerwayConfig, terwayConfigReads } from '../terway/terway-config.js';
import { aboutAll, needsDualStack } from './dual-stack.js';

const SHOWN = 6;
const UNSUITED = /not support k8s dual stack/i;
/** Values that Terway's daemon takes; absent means ipv4. Source: cluster-signals 2.3. */
const STACKS = ['ipv4', 'dual'];

/** Source: FAQ "How do I resolve common issues with IPv6 dual-stack?"; cluster-signals 2.3, 2.10, 7. */
export const dualStackNodes = defineCheck({
  id: 'dual-stack-nodes',
  title: 'Every node can give its pods IPv6 addresses',
  area: 'ipv6',
  intents: ['ipv6-dual-stack'],
  reads: [
    ...terwayConfigReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'events', verbs: ['list'] },
    { group: 'network.alibabacloud.com', resource: 'nodes', verbs: ['list'] },
  ],
  appliesTo: needsDualStack,
  messages: {
    terwaySingleStack: {
      severity: 'problem',
      text: 'The cluster is dual stack, but ip_stack in eni_conf of ConfigMap eni-config is {value}: Terway gives pods IPv4 addresses only.',
    },
    badStack: {
      severity: 'problem',
      text: 'ip_stack in eni_conf of ConfigMap eni-config is {value}, which Terway refuses (it takes ipv4 and dual): its daemon does not start.',
      explains: ['component-down'],
      mends: 'plugin config',
    },
    unsuited: {
      severity: 'problem',
      text: 'Pods on {count} {count:node|nodes} of type {type} get no IPv6 address: this instance type does not offer as many IPv6 as IPv4 addresses per ENI. Use another type.',
      explains: ['warning'],
      mends: 'type of the nodes',
    },
    off: {
      severity: 'problem',
      text: 'Terway gives no IPv6 addresses on {count} {count:node|nodes} ({nodes}), though the cluster is dual stack.',
    },
    mixedAddresses: {
      severity: 'advice',
      text: '{without} of {total} {total:node|nodes} {without:has no IPv6 address of its|have no IPv6 address of their} own ({nodes}): host-network pods there have none either.',
    },
  },

  async gather(reader) {
    const [config, list, seen, resources] = await Promise.all([
      gatherTerwayConfig(reader),
      reader.list(nodes),
      reader.list(events),
      unlessAbsent(reader.list(terwayNodes)),
    ]);
    return {
      config,
      nodes: list.filter(isNetworkedNode),
      events: seen.filter(({ message }) => UNSUITED.test(message)),
      resources: resources ?? [],
    };
  },

  judge({ config, nodes: list, events: seen, resources }, report, context) {
    if (list.length === 0) return report.unknown('check.no-evidence', 'There are no nodes to look at.');
    const stack = text(config.daemon, 'ip_stack');
    const where = `${eniConfigWhere('eni_conf')}.ip_stack`;
    if (config.daemon === undefined)
      report.unknown(
        'cluster.not-found',
        config.daemonFault === undefined
          ? 'ConfigMap kube-system/eni-config has no eni_conf to read.'
          : 'eni_conf in ConfigMap kube-system/eni-config is not a JSON object.',
      );
    else if (config.daemon.ip_stack !== undefined && !STACKS.includes(stack ?? ''))
      report.found('badStack', eniConfig, {
        data: { value: shownValue(config.daemon.ip_stack) },
        evidence: [{ where, value: shownValue(config.daemon.ip_stack) }],
        affects: { workloads: ['terway-eniip', 'terway-eni'] },
      });
    else if (stack !== 'dual')
      report.found('terwaySingleStack', eniConfig, {
        data: { value: stack ?? 'absent (ipv4)' },
        evidence: [{ where, value: stack ?? 'absent' }],
      });

    const recent = recentEvents(seen, context);
    const capable = new Map(resources.map((resource) => [resource.name, resource]));
    const unsuited = list.filter(
      ({ name }) => isUnsuited(capable.get(name)) || recent.some(({ about }) => about.name === name),
    );
    for (const [type, members] of groupBy(unsuited, typeOf))
      report.found('unsuited', aboutAll('nodes'), {
        data: { count: members.length, type },
        evidence: members.slice(0, SHOWN).flatMap(({ name }) => [
          ...recent
            .filter(({ about }) => about.name === name)
            .slice(0, 1)
            .map(eventEvidence),
          ...capacityEvidence(capable.get(name)),
        ]),
      });

    const off = resources.filter(
      ({ name, ipv4, ipv6 }) =>
        ipv4 &&
        !ipv6 &&
        list.some((node) => node.name === name) &&
        !unsuited.some((node) => node.name === name),
    );
    if (off.length > 0 && stack === 'dual')
      report.found('off', aboutAll('nodes'), {
        data: {
          count: off.length,
          nodes: listed(
            off.map(({ name }) => name),
            SHOWN,
          ),
        },
        evidence: off.slice(0, SHOWN).map(({ name }) => ({
          where: `nodes.network.alibabacloud.com ${name}, spec.eni.enableIPv6`,
          value: 'not true',
        })),
      });

    const without = list.filter((node) => !hasOwnIPv6(node));
    report.fact({
      label: 'Nodes with an IPv6 address of their own',
      value: `${list.length - without.length} of ${list.length}`,
      where: 'Nodes, status.addresses',
    });
    if (without.length > 0 && without.length < list.length)
      report.found('mixedAddresses', aboutAll('nodes'), {
        data: {
          without: without.length,
          total: list.length,
          nodes: listed(
            without.map(({ name }) => name),
            SHOWN,
          ),
        },
        evidence: without.slice(0, SHOWN).map(addressEvidence),
      });
  },
});

const shownValue = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 60);

const hasOwnIPv6 = ({ addresses }: NodeView): boolean =>
  addresses.some(({ type, address }) => type === 'InternalIP' && isIPv6(address));

const typeOf = ({ labels }: NodeView): string => labels['node.kubernetes.io/instance-type'] ?? 'unknown';

/** Both counts are known and differ. Source: ack-docs 3.7. */
const isUnsuited = (resource: TerwayNodeView | undefined): boolean =>
  resource !== undefined &&
  resource.ipv4PerAdapter > 0 &&
  resource.ipv6PerAdapter !== resource.ipv4PerAdapter;

const capacityEvidence = (resource: TerwayNodeView | undefined): readonly Evidence[] =>
  resource === undefined || !isUnsuited(resource)
    ? []
    : [
        {
          where: `nodes.network.alibabacloud.com ${resource.name}, spec.nodeCap`,
          value: `ipv4PerAdapter ${resource.ipv4PerAdapter}, ipv6PerAdapter ${resource.ipv6PerAdapter}`,
        },
      ];

const addressEvidence = ({ name, addresses }: NodeView): Evidence => ({
  where: `Node ${name}, status.addresses`,
  value: addresses.map(({ type, address }) => `${type} ${address}`).join(', ') || 'none',
});

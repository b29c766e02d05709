import { unlessAbsent } from '../../cluster/absent.js';
import { text } from '../../cluster/fields.js';
import { type EventView, events } from '../../cluster/views/event.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { isIPv6 } from '../cidr.js';
import { defineCheck, type Evidence, type Judgement } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { eventEvidence, recentEvents } from '../recent-events.js';
import {
  eniConfig,
  eniConfigWhere,
  gatherTerwayConfig,
  type TerwayConfig,
  terwayConfigReads,
} from '../terway/terway-config.js';
import { aboutAll, needsDualStack } from './dual-stack.js';
import { dualStackNodesMessages } from './dual-stack-nodes-messages.js';

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
  messages: dualStackNodesMessages,

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
    reportStack(report, config);
    const recent = recentEvents(seen, context);
    const capable = new Map(resources.map((resource) => [resource.name, resource]));
    const unsuited = list.filter(
      ({ name }) => isUnsuited(capable.get(name)) || recent.some(({ about }) => about.name === name),
    );
    reportUnsuited(report, unsuited, { recent, capable });
    const suited = new Set(list.flatMap((node) => (unsuited.includes(node) ? [] : [node.name])));
    if (stackOf(config) === 'dual')
      reportOff(
        report,
        resources.filter(({ name }) => suited.has(name)),
      );
    reportOwnAddresses(report, list);
  },
});

type Report = Judgement<typeof dualStackNodesMessages>;

const stackOf = ({ daemon }: TerwayConfig): string | undefined => text(daemon, 'ip_stack');

function reportStack(report: Report, config: TerwayConfig): void {
  const where = `${eniConfigWhere('eni_conf')}.ip_stack`;
  const stack = stackOf(config);
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
}

interface Signs {
  readonly recent: readonly EventView[];
  readonly capable: ReadonlyMap<string, TerwayNodeView>;
}

function reportUnsuited(report: Report, unsuited: readonly NodeView[], { recent, capable }: Signs): void {
  const said = (name: string) => recent.find(({ about }) => about.name === name);
  for (const [type, members] of groupBy(unsuited, typeOf))
    report.found('unsuited', aboutAll('nodes'), {
      data: { count: members.length, type },
      evidence: members.slice(0, SHOWN).flatMap(({ name }) => {
        const event = said(name);
        return [
          ...(event === undefined ? [] : [eventEvidence(event)]),
          ...capacityEvidence(capable.get(name)),
        ];
      }),
      affects: { nodes: members.map(({ name }) => name) },
    });
}

function reportOff(report: Report, suited: readonly TerwayNodeView[]): void {
  const off = suited.filter(({ ipv4, ipv6 }) => ipv4 && !ipv6);
  if (off.length === 0) return;
  report.found('off', aboutAll('nodes'), {
    data: { count: off.length, nodes: namesOf(off) },
    evidence: off.slice(0, SHOWN).map(({ name }) => ({
      where: `nodes.network.alibabacloud.com ${name}, spec.eni.enableIPv6`,
      value: 'not true',
    })),
  });
}

function reportOwnAddresses(report: Report, list: readonly NodeView[]): void {
  const without = list.filter((node) => !hasOwnIPv6(node));
  report.fact({
    label: 'Nodes with an IPv6 address of their own',
    value: `${list.length - without.length} of ${list.length}`,
    where: 'Nodes, status.addresses',
  });
  if (without.length === 0 || without.length === list.length) return;
  report.found('mixedAddresses', aboutAll('nodes'), {
    data: { without: without.length, total: list.length, nodes: namesOf(without) },
    evidence: without.slice(0, SHOWN).map(addressEvidence),
  });
}

const namesOf = (list: readonly { readonly name: string }[]): string =>
  listed(
    list.map(({ name }) => name),
    SHOWN,
  );

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

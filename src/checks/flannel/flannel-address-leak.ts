import { unlessAbsent } from '../../cluster/absent.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import { formatVersion, isAtLeast } from '../../cluster/identity/versions.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { count } from '../../texts/count.js';
import { defineCheck } from '../judging/define-check.js';
import { eventEvidence } from '../recent-events.js';
import {
  CNI_CONF_WHERE,
  flannelConfigMap,
  flannelConfigReads,
  flannelPlugin,
  needsFlannel,
} from './flannel-config.js';
import {
  addressReads,
  gatherAddresses,
  type ShortNode,
  shortNodes,
  unplacedEvents,
  unplacedText,
} from './node-addresses.js';

/** Source: FAQ "Why do pods fail to start and report the no IP addresses available in range error?"; cluster-signals 3.3. */
export const flannelAddressLeak = defineCheck({
  id: 'flannel-address-leak',
  title: 'No pod fails for an address that a pod long gone still holds',
  area: 'flannel',
  intents: ['flannel-no-ip-available'],
  reads: [...flannelConfigReads, ...addressReads],
  appliesTo: needsFlannel,
  messages: {
    leaked: {
      severity: 'problem',
      text: 'Node {node} has no pod address left, yet only {used} of its {usable} {used:is|are} in use: {leaked} {leaked:is|are} held by pods that are gone. New pods there stay in ContainerCreating until the node is cleaned.',
      explains: ['pod-waiting', 'warning'],
      mends: 'leaked addresses',
      proof: 'state',
    },
    mayLeak: {
      severity: 'advice',
      text: 'Addresses are kept under {dataDir}, which survives a node restart: they can leak. Flannel 0.15.1.11 and later can keep them under /var/run.',
    },
  },

  async gather(reader) {
    const [addresses, config] = await Promise.all([
      gatherAddresses(reader),
      unlessAbsent(reader.get(configMaps, flannelConfigMap)),
    ]);
    return { addresses, text: config?.data['cni-conf.json'] };
  },

  judge({ addresses, text }, report, context) {
    const leaking = shortNodes(addresses, context).filter(({ full }) => !full);
    for (const short of leaking)
      report.found(
        'leaked',
        { kind: 'Node', name: short.node.name },
        { data: numbers(short), evidence: proofs(short) },
      );

    const [unplaced] = unplacedEvents(addresses, context);
    if (unplaced !== undefined) report.unknown('check.no-evidence', unplacedText(unplaced));
    if (addresses.nodes.length === 0) report.unknown('check.no-evidence', 'There are no nodes to look at.');

    const config = text === undefined ? undefined : parseJsonObject(text);
    if (config === undefined || text === undefined)
      return report.unknown(
        'cluster.not-found',
        'cni-conf.json in ConfigMap kube-system/kube-flannel-cfg is missing or no JSON object: where addresses are kept is not readable.',
      );
    const dataDir = flannelPlugin(config).ipamDataDir ?? '/var/lib/cni/networks';
    const { flannel, kubernetes } = context.identity;
    report.fact({ label: 'Address store', value: dataDir, where: CNI_CONF_WHERE });
    if (kubernetes !== undefined && !isAtLeast(kubernetes, '1.20'))
      report.fact({
        label: 'Kubernetes',
        value: `${formatVersion(kubernetes)}: before 1.20 the kubelet itself could leak addresses`,
      });
    if (!/^\/(?:var\/)?run\//.test(dataDir))
      report.found('mayLeak', flannelConfigMap, {
        data: { dataDir },
        evidence: [
          { where: CNI_CONF_WHERE, value: text },
          ...(flannel?.version
            ? [
                {
                  where: `DaemonSet kube-system/${flannel.daemonSet}, version`,
                  value: formatVersion(flannel.version),
                },
              ]
            : []),
        ],
      });
  },
});

const numbers = ({ node, used, usable }: ShortNode) => ({
  node: node.name,
  used,
  usable,
  leaked: usable - used,
});

const proofs = ({ node, range, used, events }: ShortNode) => [
  ...events.slice(0, 2).map(eventEvidence),
  {
    where: `Node ${node.name}, spec.podCIDRs and its pods`,
    value: `${range.text}, ${count(used, 'running pod holds', 'running pods hold')} an address of it`,
  },
];

import type { JsonObject, ObjectRef } from '../../src/cluster/ports.js';
import type { Proposal } from '../../src/proposals/proposal.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';
import { enableFlannelHairpin } from '../../src/remediations/flannel/enable-flannel-hairpin.js';
import { moveFlannelAddressStore } from '../../src/remediations/flannel/move-flannel-address-store.js';
import { restartFlannel } from '../../src/remediations/flannel/restart-flannel.js';
import { makeServiceDualStack } from '../../src/remediations/ipv6/make-service-dual-stack.js';
import { restartKubeProxy } from '../../src/remediations/kube-proxy/restart-kube-proxy.js';
import { setIpvsScheduler } from '../../src/remediations/kube-proxy/set-ipvs-scheduler.js';
import { setIpvsUdpTimeout } from '../../src/remediations/kube-proxy/set-ipvs-udp-timeout.js';
import { setKubeProxyConntrack } from '../../src/remediations/kube-proxy/set-kube-proxy-conntrack.js';
import { cordonNode } from '../../src/remediations/node/cordon-node.js';
import { drainNode } from '../../src/remediations/node/drain-node.js';
import { uncordonNode } from '../../src/remediations/node/uncordon-node.js';
import { addPodVswitch } from '../../src/remediations/terway/add-pod-vswitch.js';
import { disableNetworkPolicy } from '../../src/remediations/terway/disable-network-policy.js';
import { enableInClusterLoadBalancing } from '../../src/remediations/terway/enable-in-cluster-load-balancing.js';
import { restartTerway } from '../../src/remediations/terway/restart-terway.js';
import type { SimulatedCluster } from '../support/start-simulated-cluster.js';
import { wholeMatrix } from '../support/whole-matrix.js';

export interface FaultCase {
  readonly remediation: Remediation;
  readonly scenario: string;
  /** Brings the cluster into the state that the remediation is for. */
  readonly prepare?: (cluster: SimulatedCluster) => void;
  readonly target?: ObjectRef;
  readonly params?: Record<string, unknown>;
  readonly finding?: Proposal['finding'];
  /** Runs the whole matrix; the others only one kill. `npm run test:faults -- --all` runs it for every case. */
  readonly full: boolean;
}

const flannelConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const node = { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' };

const flannelText =
  (change: (text: string) => string): NonNullable<FaultCase['prepare']> =>
  ({ simulator }) => {
    const kind = simulator.kind('ConfigMap');
    const before = simulator.store.get(kind, 'kube-system', 'kube-flannel-cfg');
    const data = before.data as Record<string, string>;
    const edited = { ...data, 'cni-conf.json': change(data['cni-conf.json'] ?? '') };
    simulator.store.replace(kind, { ...before, data: edited }, { manager: 'kubectl' });
  };
const legacy = flannelText(
  () => '{"name":"cb0","cniVersion":"0.3.0","type":"flannel","delegate":{"isDefaultGateway":true}}',
);

/** One for each kind of change at least: a document and a roll-out, a field, a cordon, a drain. */
export const faultCases: readonly FaultCase[] = [
  {
    remediation: addFlannelCniVersion,
    scenario: 'flannel-broken',
    finding: {
      id: 'flannel-cni-version.missing',
      check: 'flannel-cni-version',
      message: 'no cniVersion',
      about: flannelConfig,
    },
    full: true,
  },
  {
    remediation: makeServiceDualStack,
    scenario: 'dual-stack-ipv6',
    params: { services: ['shop/api', 'shop/worker'] },
    full: true,
  },
  { remediation: cordonNode, scenario: 'flannel-healthy', target: node, full: true },
  {
    remediation: drainNode,
    scenario: 'flannel-healthy',
    target: node,
    params: { timeoutSeconds: 30 },
    full: true,
  },
  { remediation: disableNetworkPolicy, scenario: 'terway-exhausted', full: false },
  { remediation: enableInClusterLoadBalancing, scenario: 'terway-exhausted', full: false },
  { remediation: restartTerway, scenario: 'terway-exhausted', full: false },
  {
    remediation: addPodVswitch,
    scenario: 'terway-exhausted',
    params: { vSwitch: 'vsw-bp1newone7k2m4p6q8r0', zone: 'cn-hangzhou-i' },
    full: false,
  },
  {
    remediation: setKubeProxyConntrack,
    scenario: 'flannel-healthy',
    params: { maxPerCore: 131_072 },
    full: false,
  },
  { remediation: setIpvsUdpTimeout, scenario: 'flannel-healthy', params: { seconds: 10 }, full: false },
  { remediation: enableFlannelHairpin, scenario: 'flannel-healthy', prepare: legacy, full: false },
  { remediation: moveFlannelAddressStore, scenario: 'flannel-healthy', prepare: legacy, full: false },
  {
    remediation: restartFlannel,
    scenario: 'flannel-broken',
    prepare: flannelText((text) => text.replace('"type"', '"cniVersion": "0.3.0",\n  "type"')),
    full: false,
  },
  {
    remediation: restartKubeProxy,
    scenario: 'flannel-healthy',
    prepare: ({ simulator }) => {
      const kind = simulator.kind('ConfigMap');
      const before = simulator.store.get(kind, 'kube-system', 'kube-proxy-worker');
      const data = before.data as Record<string, string>;
      const edited = { ...data, 'config.conf': `${data['config.conf']}# edited\n` };
      simulator.store.replace(kind, { ...before, data: edited }, { manager: 'kubectl' });
    },
    full: false,
  },
  {
    remediation: uncordonNode,
    scenario: 'flannel-healthy',
    target: node,
    prepare: ({ simulator }) => {
      const kind = simulator.kind('Node');
      const before = simulator.store.get(kind, undefined, node.name);
      const spec = { ...(before.spec as JsonObject), unschedulable: true };
      simulator.store.replace(kind, { ...before, spec }, { manager: 'kubectl' });
    },
    full: false,
  },
  { remediation: setIpvsScheduler, scenario: 'flannel-healthy', params: { scheduler: 'lc' }, full: false },
];

export const wanted = (fault: FaultCase): boolean => fault.full || wholeMatrix;

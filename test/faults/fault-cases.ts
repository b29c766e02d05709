import type { ObjectRef } from '../../src/cluster/ports.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';
import { makeServiceDualStack } from '../../src/remediations/ipv6/make-service-dual-stack.js';
import { setIpvsScheduler } from '../../src/remediations/kube-proxy/set-ipvs-scheduler.js';
import { setKubeProxyConntrack } from '../../src/remediations/kube-proxy/set-kube-proxy-conntrack.js';
import { cordonNode } from '../../src/remediations/node/cordon-node.js';
import { drainNode } from '../../src/remediations/node/drain-node.js';
import { addPodVswitch } from '../../src/remediations/terway/add-pod-vswitch.js';
import { disableNetworkPolicy } from '../../src/remediations/terway/disable-network-policy.js';
import { enableInClusterLoadBalancing } from '../../src/remediations/terway/enable-in-cluster-load-balancing.js';
import { restartTerway } from '../../src/remediations/terway/restart-terway.js';

export interface FaultCase {
  readonly remediation: Remediation;
  readonly scenario: string;
  readonly target?: ObjectRef;
  readonly params?: Record<string, unknown>;
  readonly finding?: { readonly id: string; readonly message: string; readonly about: ObjectRef };
  /** Runs the whole matrix; the others only one kill. `npm run test:faults -- --all` runs it for every case. */
  readonly full: boolean;
}

const flannelConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const node = { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' };

/** One for each kind of change at least: a document and a roll-out, a field, a cordon, a drain. */
export const faultCases: readonly FaultCase[] = [
  {
    remediation: addFlannelCniVersion,
    scenario: 'flannel-broken',
    finding: { id: 'flannel-cni-version.missing', message: 'no cniVersion', about: flannelConfig },
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
  { remediation: setIpvsScheduler, scenario: 'flannel-healthy', params: { scheduler: 'lc' }, full: false },
];

export const wanted = (fault: FaultCase): boolean => fault.full || process.env.ACKNET_FAULTS === 'all';

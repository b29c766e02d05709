import { isNetworkedNode } from '../../checks/node-kinds.js';
import { EXCLUSIVE_LABEL } from '../../checks/terway/exclusive-node.js';
import { readTerwayConfig, type TerwayConfig } from '../../checks/terway/terway-config.js';
import { gatherIdentity, identityReads } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { parseJsonObject } from '../../cluster/parse-json.js';
import type { ClusterReader, RbacRule } from '../../cluster/ports.js';
import { isAtLeast, parseVersion } from '../../cluster/identity/versions.js';
import { type ConfigMapView, configMaps } from '../../cluster/views/config-map.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import type { Change, Risk } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { configMapReads, configMapWrites, rolloutReads, rolloutWrites } from '../rollout-rules.js';

/** What a restart of Terway means to those who use the cluster. */
export const TERWAY_IMPACT =
  'Running pods keep their network; new pods on a node wait while its Terway restarts.';

export const eniConfigMap = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' } as const;

export const terwayPlanReads: readonly RbacRule[] = [
  configMapReads(eniConfigMap.name),
  ...rolloutReads('terway-eniip', 'terway-eni'),
  ...identityReads,
];
export const terwayWrites: readonly RbacRule[] = [configMapWrites(eniConfigMap.name), ...rolloutWrites];

/** A Terway whose config new pods can start with, on nodes they can start on. */
export interface TerwayTarget {
  readonly identity: ClusterIdentity;
  readonly daemonSet: 'terway-eniip' | 'terway-eni';
  /** As it is stored; may hold secrets. */
  readonly configMap: ConfigMapView;
  readonly config: TerwayConfig;
  readonly nodes: readonly NodeView[];
  readonly roll: Extract<Change, { verb: 'roll-pods' }>;
  /** What a restart brings besides the config. */
  readonly restart: { readonly warnings: readonly string[]; readonly risk?: Risk | undefined };
}

/** Refuses where Terway is absent, or where a pod that restarts would not come up again. */
export async function gatherTerwayTarget(reader: ClusterReader): Promise<TerwayTarget> {
  const identity = await gatherIdentity(reader);
  const daemonSet = identity.terway?.daemonSet;
  if (daemonSet === undefined)
    throw refuse(
      identity.plugin.known
        ? `${reader.cluster} runs no Terway, so this fix has nothing to change there.`
        : `Whether ${reader.cluster} runs Terway could not be read: ${identity.plugin.detail}`,
      `/acknet check ${reader.cluster} says what is wrong there, and which fixes it offers.`,
    );
  const [configMap, list] = await Promise.all([reader.get(configMaps, eniConfigMap), reader.list(nodes)]);
  const config = readTerwayConfig(configMap);
  const hosts = list.filter(isNetworkedNode);
  refuseUnstartable({ identity, config, configMap, hosts });
  return {
    identity,
    daemonSet,
    configMap,
    config,
    nodes: hosts,
    roll: {
      verb: 'roll-pods',
      about: { kind: 'DaemonSet', namespace: 'kube-system', name: daemonSet },
      selector: `app=${daemonSet}`,
    },
    restart: restartFacts(identity, config),
  };
}

interface Start {
  readonly identity: ClusterIdentity;
  readonly config: TerwayConfig;
  readonly configMap: ConfigMapView;
  readonly hosts: readonly NodeView[];
}

function refuseUnstartable({ identity, config, configMap, hosts }: Start): void {
  if (config.daemon === undefined)
    throw refuse(
      'eni_conf in ConfigMap kube-system/eni-config is missing or no JSON object: a Terway pod that restarts could not start.',
      'Repair the JSON first; the running pods still use the one they started with.',
    );
  const unparsed = ['10-terway.conf', '10-terway.conflist'].find((key) => {
    const text = configMap.data[key];
    return text !== undefined && text.trim() !== '' && parseJsonObject(text) === undefined;
  });
  if (unparsed)
    throw refuse(
      `${unparsed} in ConfigMap kube-system/eni-config is no JSON object: a Terway pod that restarts could not start.`,
    );
  refuseChangedMode(hosts);
  refuseOldKernel(identity, config, hosts);
}

/** Terway’s init stops with "exclusive eni mode changed" where the label says otherwise than when the node joined. */
function refuseChangedMode(hosts: readonly NodeView[]): void {
  const changed = hosts.filter(({ labels, allocatable }) => {
    const exclusive = labels[EXCLUSIVE_LABEL] === 'eniOnly';
    return EXCLUSIVE_LABEL in labels && exclusive !== Number(allocatable['aliyun/eni'] ?? 0) > 0;
  });
  if (changed.length === 0) return;
  throw refuse(
    `Label ${EXCLUSIVE_LABEL} of these nodes does not fit the mode they run in, and Terway would not start there again: ${names(changed)}.`,
    'The mode is fixed when a node joins: put the label back, or replace the node.',
  );
}

/** From 1.14.0 Terway’s init refuses kernels before 5.10 for its eBPF data path. Source: cluster-signals 2.6. */
function refuseOldKernel(identity: ClusterIdentity, config: TerwayConfig, hosts: readonly NodeView[]): void {
  const version = identity.terway?.version;
  const checks = version === undefined || isAtLeast(version, '1.14.0');
  if (!checks || !mayUseEbpf(config)) return;
  const old = hosts.filter(({ kernelVersion }) => {
    const kernel = parseVersion(kernelVersion);
    return kernel === undefined || !isAtLeast(kernel, '5.10');
  });
  if (old.length > 0)
    throw refuse(
      `Terway’s eBPF data path needs kernel 5.10 on this version, and would not start again on: ${names(old)}.`,
      'Replace these nodes first.',
    );
}

/** An eBPF policy engine on a fresh node switches to DataPath V2, whatever the virtual type says. */
const mayUseEbpf = ({ acceleration, cni, networkPolicyOff }: TerwayConfig): boolean =>
  acceleration !== 'none' || (cni?.network_policy_provider === 'ebpf' && !networkPolicyOff);

function restartFacts({ terway }: ClusterIdentity, { acceleration }: TerwayConfig): TerwayTarget['restart'] {
  const moves = terway?.version === undefined || isAtLeast(terway.version, '1.13.0');
  if (acceleration !== 'ipvlan' || !moves) return { warnings: [] };
  return {
    warnings: [
      'From Terway 1.13.0 on a restart moves IPvlan nodes to DataPath V2: each node’s data path changes as its Terway pod restarts.',
    ],
    risk: 'high',
  };
}

const names = (hosts: readonly NodeView[]): string => hosts.map(({ name }) => name).join(', ');

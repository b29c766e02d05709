import type { V1Node, V1NodeCondition } from '@kubernetes/client-node';
import { flag, list, strings, text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import type { Wire } from '../wire.js';
import { nameOf, uidOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

export interface NodeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly heartbeatAt?: string | undefined;
  readonly changedAt?: string | undefined;
}

interface NodeTaint {
  readonly key: string;
  readonly effect: string;
  readonly value?: string | undefined;
}

export interface NodeView {
  readonly name: string;
  readonly uid: string;
  readonly createdAt?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly unschedulable: boolean;
  readonly taints: readonly NodeTaint[];
  readonly podCIDRs: readonly string[];
  readonly providerID?: string | undefined;
  readonly addresses: readonly { readonly type: string; readonly address: string }[];
  readonly conditions: readonly NodeCondition[];
  readonly allocatable: Readonly<Record<string, string>>;
  readonly capacity: Readonly<Record<string, string>>;
  readonly kubeletVersion: string;
  readonly kernelVersion: string;
  readonly osImage: string;
  readonly runtime: string;
  readonly bootID: string;
}

export const nodes: Resource<NodeView> = resourceOf<V1Node, NodeView>(
  {
    group: '',
    version: 'v1',
    plural: 'nodes',
    kind: 'Node',
    namespaced: false,
  },
  (raw) => ({
    name: nameOf(raw),
    uid: uidOf(raw),
    createdAt: text(raw.metadata?.creationTimestamp),
    labels: texts(raw.metadata?.labels),
    annotations: networkAnnotations(raw),
    unschedulable: flag(raw.spec?.unschedulable) === true,
    taints: list(raw.spec?.taints).map((taint) => ({
      key: text(taint?.key) ?? '',
      effect: text(taint?.effect) ?? '',
      value: text(taint?.value),
    })),
    podCIDRs: podCidrs(raw),
    providerID: text(raw.spec?.providerID),
    addresses: list(raw.status?.addresses).map((entry) => ({
      type: text(entry?.type) ?? '',
      address: text(entry?.address) ?? '',
    })),
    conditions: list(raw.status?.conditions).map(condition),
    allocatable: texts(raw.status?.allocatable),
    capacity: texts(raw.status?.capacity),
    kubeletVersion: text(raw.status?.nodeInfo?.kubeletVersion) ?? '',
    kernelVersion: text(raw.status?.nodeInfo?.kernelVersion) ?? '',
    osImage: text(raw.status?.nodeInfo?.osImage) ?? '',
    runtime: text(raw.status?.nodeInfo?.containerRuntimeVersion) ?? '',
    bootID: text(raw.status?.nodeInfo?.bootID) ?? '',
  }),
);

/** Only what checks read: the rest (csi, volumes, last-applied) is bulk. */
function networkAnnotations(raw: Wire<V1Node>): Readonly<Record<string, string>> {
  const kept = Object.entries(texts(raw.metadata?.annotations)).filter(([key]) => /aliyun|flannel/.test(key));
  return Object.fromEntries(kept);
}

function podCidrs(raw: Wire<V1Node>): readonly string[] {
  const several = strings(raw.spec?.podCIDRs);
  const single = text(raw.spec?.podCIDR);
  return several.length > 0 || single === undefined ? several : [single];
}

const condition = (entry: Wire<V1NodeCondition> | null | undefined): NodeCondition => ({
  type: text(entry?.type) ?? '',
  status: text(entry?.status) ?? '',
  reason: text(entry?.reason) ?? '',
  message: text(entry?.message) ?? '',
  heartbeatAt: text(entry?.lastHeartbeatTime),
  changedAt: text(entry?.lastTransitionTime),
});

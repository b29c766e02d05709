import { text } from '../../src/cluster/fields.js';
import type { JsonObject, ObjectRef } from '../../src/cluster/ports.js';
import type { SimulatedCluster } from '../support/start-simulated-cluster.js';

/** Somebody else's hand on the cluster in the middle of a fix. */
export interface DriftRow {
  readonly title: string;
  readonly meddle: (cluster: SimulatedCluster) => void;
  /** What the outcome must name. */
  readonly says: RegExp;
  /** Of the last pod of the roll-out, which is looked at when its turn comes; a later touch is none of the fix's. */
  readonly lastPod?: true;
  /** It is none before the write of this number. */
  readonly from?: number;
  /** The API server refuses the write under way; nothing of what was approved moved. */
  readonly refused?: true;
}

type Change = (object: JsonObject) => JsonObject;

const change =
  ({ kind, namespace, name }: ObjectRef, edit: Change): DriftRow['meddle'] =>
  ({ simulator }) => {
    const of = simulator.kind(kind);
    simulator.store.replace(of, edit(simulator.store.get(of, namespace, name)), { manager: 'kubectl-edit' });
  };

const recreate =
  ({ kind, namespace, name }: ObjectRef): DriftRow['meddle'] =>
  ({ simulator }) => {
    const of = simulator.kind(kind);
    const before = simulator.store.get(of, namespace, name);
    const { uid: _, resourceVersion: __, ...metadata } = before.metadata as JsonObject;
    simulator.store.remove(of, namespace, name);
    simulator.store.create(of, { ...before, metadata });
  };

/** Another uid for what cannot be deleted and made anew. */
const replaced: Change = (object) => {
  const metadata = object.metadata as JsonObject;
  return { ...object, metadata: { ...metadata, uid: 'another' } };
};

/** A pod of the roll-out, found by its node: its name is drawn. */
const changePodOn =
  (node: string, edit: Change): DriftRow['meddle'] =>
  ({ simulator }) => {
    const of = simulator.kind('Pod');
    const pod = simulator.store
      .all(of)
      .find((one) => text(one, 'spec', 'nodeName') === node && ownerOf(one) === flannel.name);
    if (pod !== undefined) simulator.store.replace(of, edit(pod), { manager: 'kubectl-edit' });
  };
const ownerOf = (pod: JsonObject): string | undefined => text(pod, 'metadata', 'ownerReferences', 0, 'name');
const ownedBy =
  (name: string): Change =>
  (object) => {
    const owners = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name, uid: 'another', controller: true }];
    return { ...object, metadata: { ...(object.metadata as JsonObject), ownerReferences: owners } };
  };

const withData =
  (data: Record<string, string>): Change =>
  (object) => ({ ...object, data: { ...(object.data as JsonObject), ...data } });
const withSpec =
  (spec: JsonObject): Change =>
  (object) => ({ ...object, spec: { ...(object.spec as JsonObject), ...spec } });
const labelled: Change = (object) => {
  const metadata = object.metadata as JsonObject;
  return { ...object, metadata: { ...metadata, labels: { ...(metadata.labels as JsonObject), pool: 'b' } } };
};
const withTemplate =
  (edit: (container: JsonObject) => JsonObject): Change =>
  (object) => {
    const spec = structuredClone(object.spec) as { template: { spec: { containers: JsonObject[] } } };
    spec.template.spec.containers = spec.template.spec.containers.map(edit);
    return { ...object, spec: spec as unknown as JsonObject };
  };

const withMetadata =
  (more: JsonObject): Change =>
  (object) => ({ ...object, metadata: { ...(object.metadata as JsonObject), ...more } });
const addon = { apiVersion: 'addons.example/v1', kind: 'Addon', name: 'flannel', uid: 'an-addon' };
/** Server-side apply of a field at the value it has. */
const applied: Change = (object) => {
  const entry = {
    operation: 'Apply',
    apiVersion: 'v1',
    fieldsType: 'FieldsV1',
    manager: 'argocd-controller',
  };
  const metadata = object.metadata as { managedFields?: JsonObject[] };
  const managedFields = [...(metadata.managedFields ?? []), { ...entry, fieldsV1: { 'f:data': {} } }];
  return withMetadata({ managedFields })(object);
};

const flannelConfig = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const flannel = { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-flannel-ds' };
const firstNode = 'cn-hangzhou.192.168.0.81';
const lastNode = { kind: 'Node', name: 'cn-hangzhou.192.168.0.85' };
const drained = { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' };
const secondService = { kind: 'Service', namespace: 'shop', name: 'worker' };

const policy: JsonObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'default', name: 'deny-all' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

/** By remediation; every kind of change has its own. */
export const driftRows: Readonly<Record<string, readonly DriftRow[]>> = {
  'add-flannel-cni-version': [
    {
      title: 'the value that acknet writes',
      meddle: change(flannelConfig, withData({ 'cni-conf.json': '{"cniVersion":"9.9.9"}' })),
      says: /kube-flannel-cfg, data\["cni-conf.json"\]/,
    },
    {
      title: 'another key of the ConfigMap',
      meddle: change(flannelConfig, withData({ 'net-conf.json': '{}' })),
      says: /kube-flannel-cfg, data\["net-conf.json"\]/,
    },
    {
      title: 'the ConfigMap for another of that name',
      meddle: recreate(flannelConfig),
      says: /kube-flannel-cfg \(deleted and made anew/,
    },
    {
      title: 'an image of the DaemonSet',
      meddle: change(
        flannel,
        withTemplate((container) => ({ ...container, image: 'acs/flannel:v9' })),
      ),
      says: /kube-flannel-ds, image of kube-flannel \(\S+ → acs\/flannel:v9\)/,
    },
    {
      title: 'the arguments in its template',
      meddle: change(
        flannel,
        withTemplate((container) => ({ ...container, args: ['--other'] })),
      ),
      says: /kube-flannel-ds, spec.template/,
    },
    {
      title: 'its update strategy',
      meddle: change(flannel, withSpec({ updateStrategy: { type: 'RollingUpdate' } })),
      says: /kube-flannel-ds, spec.updateStrategy \(.*OnDelete.* → .*RollingUpdate/,
    },
    {
      title: 'who owns the DaemonSet',
      meddle: change(flannel, withMetadata({ ownerReferences: [addon] })),
      says: /kube-flannel-ds, owner Addon flannel \(new\)/,
    },
    {
      title: 'whether the DaemonSet is being deleted',
      meddle: change(
        flannel,
        withMetadata({ deletionTimestamp: '2026-11-30T03:00:00Z', finalizers: ['orphan'] }),
      ),
      says: /kube-flannel-ds, metadata.deletionTimestamp, so it is being deleted \(new\)/,
    },
    {
      title: 'who applies the ConfigMap',
      meddle: change(flannelConfig, applied),
      says: /kube-flannel-cfg, applied by Argo CD \(argocd-controller\) \(new\)/,
    },
    {
      title: 'the DaemonSet for another of that name',
      meddle: recreate(flannel),
      says: /kube-flannel-ds \(deleted and made anew/,
    },
    {
      title: 'which DaemonSets select its pods',
      meddle: ({ simulator }) => {
        const of = simulator.kind('DaemonSet');
        const before = simulator.store.get(of, flannel.namespace, flannel.name);
        const metadata = { name: 'copy', namespace: flannel.namespace };
        simulator.store.create(of, { ...before, metadata, status: {} });
      },
      says: /kube-flannel-ds, pods, which DaemonSet copy selects too \(new\)/,
    },
    {
      title: 'whose pod it is',
      meddle: changePodOn(lastNode.name, ownedBy('copy')),
      says: /Pod kube-system\/kube-flannel-ds-\w+ \(it belongs to DaemonSet copy now\)/,
      lastPod: true,
    },
    {
      title: 'the node of a pod',
      meddle: changePodOn(lastNode.name, withSpec({ nodeName: firstNode })),
      says: /Pod kube-system\/kube-flannel-ds-\w+ \(it was on cn-hangzhou.192.168.0.85 and is on \S+81\)/,
      lastPod: true,
    },
    {
      title: 'a node for another of that name',
      meddle: change(lastNode, replaced),
      says: /Node cn-hangzhou.192.168.0.85 \(deleted and made anew/,
      lastPod: true,
    },
    {
      title: 'which cluster answers',
      meddle: change({ kind: 'Namespace', name: 'kube-system' }, replaced),
      says: /Another cluster answers to the name cluster-x/,
    },
    {
      title: 'what acknet may read',
      meddle: ({ simulator }) => simulator.grant('reader', []),
      says: /Which cluster answers to the name cluster-x can no longer be read|could not be followed: .*forbidden/i,
    },
    {
      title: 'what the fixer may do',
      meddle: ({ simulator }) => simulator.grant('fixer', []),
      says: /forbidden/i,
      refused: true,
    },
    {
      title: 'a label of a node',
      meddle: change(lastNode, labelled),
      says: /Node cn-hangzhou.192.168.0.85, labels/,
      lastPod: true,
    },
    {
      title: 'whether a node is cordoned',
      meddle: change(lastNode, withSpec({ unschedulable: true })),
      says: /Node cn-hangzhou.192.168.0.85, spec.unschedulable \(false → true\)/,
      lastPod: true,
    },
  ],
  'make-service-dual-stack': [
    {
      title: 'which cluster answers',
      meddle: change({ kind: 'Namespace', name: 'kube-system' }, replaced),
      says: /Another cluster answers to the name cluster-x/,
    },
    {
      title: 'what the fixer may do',
      meddle: ({ simulator }) => simulator.grant('fixer', []),
      says: /forbidden/i,
      refused: true,
    },
    {
      title: 'who owns a Service',
      meddle: change(secondService, withMetadata({ ownerReferences: [addon] })),
      says: /Service shop\/worker, owner Addon flannel \(new\)/,
    },
    {
      title: 'another field of a Service',
      meddle: change(secondService, withSpec({ sessionAffinity: 'ClientIP' })),
      says: /Service shop\/worker, spec.sessionAffinity/,
    },
  ],
  'drain-node': [
    {
      title: 'what the fixer may do',
      meddle: ({ simulator }) => simulator.grant('fixer', []),
      says: /forbidden/i,
      refused: true,
    },
    {
      title: 'which cluster answers',
      meddle: change({ kind: 'Namespace', name: 'kube-system' }, replaced),
      says: /Another cluster answers to the name cluster-x/,
    },
    {
      title: 'the node for another of that name',
      meddle: change(drained, replaced),
      says: /Node cn-hangzhou.192.168.1.91 \(deleted and made anew/,
    },
    {
      title: 'a label of the node',
      meddle: change(drained, labelled),
      says: /Node cn-hangzhou.192.168.1.91, labels\["pool"\] \(new\)/,
    },
    {
      title: 'whether the node is cordoned',
      meddle: change(drained, withSpec({ unschedulable: false })),
      says: /Node cn-hangzhou.192.168.1.91, spec.unschedulable/,
      from: 1,
    },
  ],
  'disable-network-policy': [
    {
      title: 'whether there are network policies',
      meddle: ({ simulator }) => void simulator.store.create(simulator.kind('NetworkPolicy'), policy),
      says: /Network policies are in use.*deny-all/,
    },
    {
      title: 'another key of eni-config',
      meddle: change(
        { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' },
        withData({ in_cluster_loadbalance: 'true' }),
      ),
      says: /eni-config, data\["in_cluster_loadbalance"\]/,
    },
  ],
  'restart-flannel': [
    {
      title: 'the config that pods start with',
      meddle: change(flannelConfig, withData({ 'net-conf.json': '{}' })),
      says: /kube-flannel-cfg, data\["net-conf.json"\]/,
    },
  ],
};

import { groupBy } from '../../../src/checks/group-by.js';
import { list, number, object, strings, text, texts } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { kinds, podKind, serviceKind } from '../api/objects/kinds.js';
import { type ObjectStore, placeOf } from '../api/objects/object-store.js';
import { selectorPredicate } from '../api/objects/selectors.js';
import type { ControllerContext } from './controller-context.js';
import { isDeleting, isPodReady, uidOf } from './owned-pods.js';

const sliceKind = kinds.find(({ kind }) => kind === 'EndpointSlice');

/** One EndpointSlice per address family of every Service with a selector. */
export function reconcileEndpointSlices({ store }: ControllerContext): void {
  if (sliceKind === undefined) return;
  const pods = addressedPods(store);
  const wanted = store.all(serviceKind).flatMap((service) => slicesOf(service, pods));
  for (const slice of wanted) {
    const { namespace, name } = placeOf(slice);
    const before = store.find(sliceKind, namespace, name);
    if (before === undefined) store.create(sliceKind, slice, { manager: 'kube-controller-manager' });
    else if (shapeOf(before) !== shapeOf(slice))
      store.replace(sliceKind, {
        ...slice,
        metadata: { ...object(before, 'metadata'), ...object(slice, 'metadata') },
      });
  }
  const names = new Set(wanted.map((slice) => `${placeOf(slice).namespace}/${placeOf(slice).name}`));
  for (const slice of store.all(sliceKind)) {
    const { namespace, name } = placeOf(slice);
    const ours = texts(slice, 'metadata', 'labels')[MANAGED] === CONTROLLER;
    if (ours && !names.has(`${namespace}/${name}`)) store.remove(sliceKind, namespace, name);
  }
}

const MANAGED = 'endpointslice.kubernetes.io/managed-by';
const CONTROLLER = 'endpointslice-controller.k8s.io';

const shapeOf = ({ endpoints, ports }: JsonObject): string => JSON.stringify([endpoints, ports]);

type PodsByNamespace = ReadonlyMap<string | undefined, readonly JsonObject[]>;

/** Those with an address, which is all that a slice names. */
const addressedPods = (store: ObjectStore): PodsByNamespace =>
  groupBy(
    store.all(podKind).filter((pod) => text(pod, 'status', 'podIP')),
    (pod) => placeOf(pod).namespace,
  );

function slicesOf(service: JsonObject, podsBy: PodsByNamespace): readonly JsonObject[] {
  const selector = texts(service, 'spec', 'selector');
  if (Object.keys(selector).length === 0) return [];
  const { namespace, name } = placeOf(service);
  const selects = selectorPredicate({ matchLabels: selector });
  const pods = (podsBy.get(namespace) ?? []).filter(selects);
  return strings(service, 'spec', 'ipFamilies').map((family) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${family.toLowerCase()}`,
      namespace: namespace ?? '',
      labels: { 'kubernetes.io/service-name': name, [MANAGED]: CONTROLLER },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid: uidOf(service), controller: true }],
    },
    addressType: family,
    endpoints: pods.flatMap((pod) => endpointOf(pod, family)),
    ports: list(service, 'spec', 'ports').map((port) => ({
      name: text(port, 'name') ?? '',
      port: number(port, 'targetPort') ?? number(port, 'port') ?? 0,
      protocol: text(port, 'protocol') ?? 'TCP',
    })),
  }));
}

function endpointOf(pod: JsonObject, family: string): readonly JsonObject[] {
  const addresses = list(pod, 'status', 'podIPs')
    .flatMap((entry) => text(entry, 'ip') ?? [])
    .filter((ip) => ip.includes(':') === (family === 'IPv6'));
  if (addresses.length === 0) return [];
  const ready = isPodReady(pod) && !isDeleting(pod);
  const { namespace, name } = placeOf(pod);
  return [
    {
      addresses,
      conditions: { ready, serving: isPodReady(pod), terminating: isDeleting(pod) },
      nodeName: text(pod, 'spec', 'nodeName') ?? '',
      targetRef: { kind: 'Pod', namespace: namespace ?? '', name, uid: uidOf(pod) },
    },
  ];
}

import type { V1Service, V1ServicePort } from '@kubernetes/client-node';
import { list, number, strings, text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import type { Wire } from '../wire.js';
import { nameOf, namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

interface ServicePort {
  readonly protocol: string;
  readonly port: number;
}

export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly ipFamilyPolicy?: string | undefined;
  readonly ipFamilies: readonly string[];
  /** `None` for a headless Service. */
  readonly clusterIPs: readonly string[];
  /** Empty = endpoints are written by hand. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
  readonly externalIPs: readonly string[];
  readonly loadBalancerIPs: readonly string[];
  readonly createdAt?: string | undefined;
}

export const services: Resource<ServiceView> = resourceOf<V1Service, ServiceView>(
  {
    group: '',
    version: 'v1',
    plural: 'services',
    kind: 'Service',
    namespaced: true,
  },
  (raw) => ({
    namespace: namespaceOf(raw),
    name: nameOf(raw),
    type: text(raw.spec?.type) ?? 'ClusterIP',
    ipFamilyPolicy: text(raw.spec?.ipFamilyPolicy),
    ipFamilies: strings(raw.spec?.ipFamilies),
    clusterIPs: clusterIps(raw),
    selector: texts(raw.spec?.selector),
    ports: list(raw.spec?.ports).map(portOf),
    externalIPs: strings(raw.spec?.externalIPs),
    loadBalancerIPs: list(raw.status?.loadBalancer?.ingress).flatMap(
      (entry) => text(entry?.ip) ?? text(entry?.hostname) ?? [],
    ),
    createdAt: text(raw.metadata?.creationTimestamp),
  }),
);

function clusterIps(raw: Wire<V1Service>): readonly string[] {
  const several = strings(raw.spec?.clusterIPs);
  const single = text(raw.spec?.clusterIP);
  return several.length > 0 || !single ? several : [single];
}

const portOf = (entry: Wire<V1ServicePort> | null | undefined): ServicePort => ({
  protocol: text(entry?.protocol) ?? 'TCP',
  port: number(entry?.port) ?? 0,
});

/** A Service without an address of its own. */
export const isHeadless = ({ clusterIPs }: Pick<ServiceView, 'clusterIPs'>): boolean =>
  clusterIPs[0] === 'None';

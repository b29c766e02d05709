import type { V1EndpointSlice } from '@kubernetes/client-node';
import { flag, list, text, texts } from '../fields.js';
import type { Resource } from '../ports.js';
import { namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

export interface EndpointSliceView {
  readonly namespace: string;
  /** Name of the Service it belongs to; '' where no label says. */
  readonly service: string;
  readonly addressType: string;
  /** Endpoints whose `ready` is not false; the API says to read an absent `ready` as true. */
  readonly ready: number;
  readonly total: number;
}

export const endpointSlices: Resource<EndpointSliceView> = resourceOf<V1EndpointSlice, EndpointSliceView>(
  {
    group: 'discovery.k8s.io',
    version: 'v1',
    plural: 'endpointslices',
    kind: 'EndpointSlice',
    namespaced: true,
  },
  (raw) => {
    const endpoints = list(raw.endpoints);
    return {
      namespace: namespaceOf(raw),
      service: texts(raw.metadata?.labels)['kubernetes.io/service-name'] ?? '',
      addressType: text(raw.addressType) ?? '',
      ready: endpoints.filter((entry) => flag(entry?.conditions?.ready) !== false).length,
      total: endpoints.length,
    };
  },
);

import type { CoreV1Event } from '@kubernetes/client-node';
import { number, text } from '../fields.js';
import type { Resource } from '../ports.js';
import type { Wire } from '../wire.js';
import { namespaceOf } from './metadata.js';
import { resourceOf } from './resource-of.js';

const MESSAGE_LIMIT = 1024;

export interface EventView {
  readonly namespace: string;
  readonly type: string;
  readonly reason: string;
  /** At most 1,024 characters. */
  readonly message: string;
  readonly about: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly apiVersion: string;
    readonly uid: string;
  };
  /** Component that reported it. */
  readonly source: string;
  /** ISO time it was last seen. */
  readonly at: string;
  readonly count: number;
}

export const events: Resource<EventView> = resourceOf<CoreV1Event, EventView>(
  {
    group: '',
    version: 'v1',
    plural: 'events',
    kind: 'Event',
    namespaced: true,
  },
  (raw) => ({
    namespace: namespaceOf(raw),
    type: text(raw.type) ?? '',
    reason: text(raw.reason) ?? '',
    message: (text(raw.message) ?? '').slice(0, MESSAGE_LIMIT),
    about: {
      kind: text(raw.involvedObject?.kind) ?? '',
      namespace: text(raw.involvedObject?.namespace) ?? '',
      name: text(raw.involvedObject?.name) ?? '',
      apiVersion: text(raw.involvedObject?.apiVersion) ?? '',
      uid: text(raw.involvedObject?.uid) ?? '',
    },
    source: text(raw.source?.component) || (text(raw.reportingComponent) ?? ''),
    at: lastSeen(raw),
    count: number(raw.series?.count) ?? number(raw.count) ?? 1,
  }),
);

/** Events written through events.k8s.io carry null core times: the series or the event time counts then. */
function lastSeen(raw: Wire<CoreV1Event>): string {
  return (
    text(raw.series?.lastObservedTime) ??
    text(raw.lastTimestamp) ??
    text(raw.eventTime) ??
    text(raw.metadata?.creationTimestamp) ??
    ''
  );
}

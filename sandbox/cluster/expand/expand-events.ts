import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { fillText } from '../fill-text.js';
import { relativeTime } from '../relative-time.js';
import type { ScenarioEvent } from '../scenario-schema/event-schema.js';
import type { Expansion } from './expand-scenario.js';

/** Recurring ones carry this annotation, so that the heartbeat finds them. */
export const RECURRING = 'sandbox.acknet/recurring';

export function expandEvents(
  pods: readonly JsonObject[],
  { scenario, now, nextId }: Expansion,
): JsonObject[] {
  return scenario.events.flatMap((event) =>
    subjects(event, pods).map(({ about, values }) =>
      eventObject(event, { about, message: fillText(event.message, values), now, id: nextId() }),
    ),
  );
}

interface Subject {
  readonly about: JsonObject;
  readonly values: Readonly<Record<string, string>>;
}

function subjects({ about, reason }: ScenarioEvent, pods: readonly JsonObject[]): readonly Subject[] {
  if (!('podsOf' in about)) {
    const { kind, name, apiVersion, namespace } = about;
    // A kubelet names its node by name where others give the uid.
    const uid = kind === 'Node' ? { uid: name } : {};
    return [
      { about: { kind, name, apiVersion, ...(namespace && { namespace }), ...uid }, values: { node: name } },
    ];
  }
  const found = pods
    .filter((pod) => isPodOf(pod, about.podsOf))
    .filter((pod) => about.node === undefined || text(pod, 'spec', 'nodeName') === about.node)
    .slice(0, about.limit);
  if (found.length === 0) throw new TypeError(`event ${reason}: no pods of ${about.podsOf}`);
  return found.map(podSubject);
}

/** By the name of the DaemonSet, Deployment or bare pod it comes from. */
function isPodOf(pod: JsonObject, name: string): boolean {
  const owner = list(pod, 'metadata', 'ownerReferences')[0];
  const own = text(pod, 'metadata', 'name') ?? '';
  if (owner === undefined) return own === name || own.startsWith(`${name}-`);
  const ownerName = text(owner, 'name') ?? '';
  return text(owner, 'kind') === 'ReplicaSet'
    ? ownerName.replace(/-[^-]+$/, '') === name
    : ownerName === name;
}

export function podSubject(pod: JsonObject): Subject {
  const of = (...path: string[]) => text(pod, ...path) ?? '';
  return {
    about: {
      kind: 'Pod',
      apiVersion: 'v1',
      namespace: of('metadata', 'namespace'),
      name: of('metadata', 'name'),
      uid: of('metadata', 'uid'),
    },
    values: {
      pod: of('metadata', 'name'),
      namespace: of('metadata', 'namespace'),
      node: of('spec', 'nodeName'),
      ip: of('status', 'podIP'),
    },
  };
}

interface Occurrence {
  readonly about: JsonObject;
  readonly message: string;
  readonly now: Date;
  readonly id: string;
}

function eventObject(event: ScenarioEvent, { about, message, now, id }: Occurrence): JsonObject {
  const last = relativeTime(event.last, now);
  const first = event.first ? relativeTime(event.first, now) : last;
  const { type, reason, source, count } = event;
  return {
    ...eventHead(about, { id, createdAt: first, recurring: event.recurring }),
    ...{ type, reason, message },
    ...(event.modern
      ? {
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: micro(first),
          series: { count, lastObservedTime: micro(last) },
          reportingComponent: source,
          reportingInstance: `${source}-0`,
          action: reason,
        }
      : { ...times(first, last), count, ...sourceOf(source, about) }),
  };
}

const micro = (time: string): string => time.replace(/Z$/, '.104512Z');

const times = (first: string, last: string): JsonObject => ({
  firstTimestamp: first,
  lastTimestamp: last,
  eventTime: null,
});

const sourceOf = (component: string, about: JsonObject): JsonObject => ({
  source: {
    component,
    ...(component === 'kubelet' && about.kind === 'Node' && { host: about.name ?? '' }),
  },
  reportingComponent: component,
  reportingInstance: '',
});

function eventHead(
  about: JsonObject,
  { id, createdAt, recurring }: { id: string; createdAt: string; recurring?: boolean },
): JsonObject {
  const suffix = id.replaceAll('-', '').slice(-16);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${text(about, 'name')}.${suffix}`,
      namespace: text(about, 'namespace') ?? 'default',
      creationTimestamp: createdAt,
      ...(recurring && { annotations: { [RECURRING]: 'true' } }),
    },
    involvedObject: about,
  };
}

interface FreshEvent {
  readonly about: JsonObject;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
}

/** An event that happens now. */
export function freshEvent({ about, source, ...rest }: FreshEvent, id: string, at: string): JsonObject {
  return {
    ...eventHead(about, { id, createdAt: at }),
    ...rest,
    ...times(at, at),
    count: 1,
    ...sourceOf(source, about),
  };
}

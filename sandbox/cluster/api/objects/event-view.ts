import { text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { apiVersionOf, type Kind } from './kinds.js';

/** A stored core/v1 event as events.k8s.io/v1 shows it. */
export function shownAs(kind: Kind, event: JsonObject): JsonObject {
  const { involvedObject, message, source, firstTimestamp, lastTimestamp, count, ...rest } = event;
  return {
    ...rest,
    apiVersion: apiVersionOf(kind),
    kind: 'Event',
    regarding: involvedObject ?? {},
    note: message ?? '',
    reportingController: text(event, 'reportingComponent') ?? '',
    eventTime: event.eventTime ?? null,
    ...(source !== undefined && { deprecatedSource: source }),
    ...(firstTimestamp !== undefined && { deprecatedFirstTimestamp: firstTimestamp }),
    ...(lastTimestamp !== undefined && { deprecatedLastTimestamp: lastTimestamp }),
    ...(count !== undefined && { deprecatedCount: count }),
  };
}

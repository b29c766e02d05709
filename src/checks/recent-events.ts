import type { EventView } from '../cluster/views/event.js';

/** Events proving something must be this young; older ones are history. Kubernetes keeps events for an hour by default. */
const EVENT_WINDOW_MS = 3_600_000;

export interface EvidenceWindow {
  readonly now: Date;
  readonly since?: Date | undefined;
}

/** What carries no time, or no readable one, is not recent. */
export function isRecent(at: string | undefined, window: EvidenceWindow): boolean {
  return at !== undefined && Date.parse(at) > oldestOf(window);
}

const oldestOf = ({ now, since }: EvidenceWindow): number =>
  Math.max(now.getTime() - EVENT_WINDOW_MS, since?.getTime() ?? 0);

/** Events inside the window, and after `since` where a fix is being verified; newest first. */
export function recentEvents(events: readonly EventView[], window: EvidenceWindow): readonly EventView[] {
  const oldest = oldestOf(window);
  return events
    .map((event) => ({ event, time: Date.parse(event.at) }))
    .filter(({ time }) => time > oldest)
    .sort((a, b) => b.time - a.time)
    .map(({ event }) => event);
}

/** An event as evidence. */
export const eventEvidence = (event: EventView) => ({
  where: `Event ${event.reason} on ${event.about.kind} ${event.about.namespace ? `${event.about.namespace}/` : ''}${event.about.name}${event.count > 1 ? ` (${event.count} times)` : ''}`,
  value: event.message,
  at: event.at,
});

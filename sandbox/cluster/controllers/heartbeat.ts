import { list, number, object, text, texts } from '../../../src/cluster/fields.js';
import { eventKind, nodeKind } from '../api/objects/kinds.js';
import { RECURRING } from '../expand/expand-events.js';
import { toSecond } from '../relative-time.js';
import type { ControllerContext } from './controller-context.js';

/** Kubelets confirm the conditions they hold, and what recurs is seen again; a stale heartbeat stays stale, and so does what is Unknown. */
export function beatHearts({ store, scenario, now }: ControllerContext): void {
  const time = toSecond(now());
  const stale = new Set(
    scenario.pools
      .flatMap((pool) => [...pool.conditions, ...Object.values(pool.nodeConditions).flat()])
      .filter(({ heartbeat }) => heartbeat !== undefined)
      .map(({ type }) => type),
  );
  for (const node of store.all(nodeKind)) {
    const conditions = list(node, 'status', 'conditions').map((entry) =>
      stale.has(text(entry, 'type') ?? '') || text(entry, 'status') === 'Unknown'
        ? entry
        : { ...object(entry), lastHeartbeatTime: time },
    );
    const status = { ...object(node, 'status'), conditions };
    store.replace(nodeKind, { ...node, status }, { status: true, manager: 'kubelet' });
  }
  for (const event of store.all(eventKind)) {
    if (texts(event, 'metadata', 'annotations')[RECURRING] === undefined) continue;
    const again = { lastTimestamp: time, count: (number(event, 'count') ?? 1) + 1 };
    if (text(event, 'lastTimestamp') !== undefined) store.replace(eventKind, { ...event, ...again });
  }
}

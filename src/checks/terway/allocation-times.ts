import type { EventView } from '../../cluster/views/event.js';
import { goDuration } from '../kube-proxy/go/go-duration.js';
import { type EvidenceWindow, recentEvents } from '../recent-events.js';

const TOOK = /\btook (\S+)/;

/** How long Terway took to give pods an address, as its own events tell from 1.7.0 on. */
export interface AllocationTimes {
  readonly pods: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  /** The slowest last. */
  readonly events: readonly EventView[];
}

export function allocationTimes(allocated: readonly EventView[], window: EvidenceWindow): AllocationTimes {
  const timed = recentEvents(allocated, window)
    .flatMap((event) => {
      const took = goDuration(TOOK.exec(event.message)?.[1] ?? '');
      return took === undefined ? [] : [{ event, ms: Number(took) / 1e6 }];
    })
    .sort((a, b) => a.ms - b.ms);
  return {
    pods: timed.length,
    medianMs: timed[Math.floor(timed.length / 2)]?.ms ?? 0,
    slowestMs: timed.at(-1)?.ms ?? 0,
    events: timed.map(({ event }) => event),
  };
}

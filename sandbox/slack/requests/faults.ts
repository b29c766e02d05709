import { objects } from '../json.js';
import { flattened } from '../limits/check-blocks.js';
import type { Fault } from '../limits/shape.js';
import type { MethodFault, SlackFaults } from '../slack-simulator.js';
import type { SocketHub } from '../socket/socket-hub.js';

export interface FaultControl extends SlackFaults {
  /** What this workspace refuses of a call's blocks, beside what every workspace refuses. */
  blockFaults(blocks: unknown): Fault[];
  /** The fault this call meets, counted as met. */
  faultOf(method: string): MethodFault | undefined;
  /** How the events of the next occurrence are to be delivered; asked once per occurrence. */
  nextEvent(): { duplicate: boolean; loseAck: boolean };
}

export function createFaults(hub: SocketHub, ackDeadlineMs: number): FaultControl {
  const armed: { method: string; fault: MethodFault; left: number }[] = [];
  const refused = new Set<string>();
  const next = { duplicate: false, loseAck: false };
  const disarm = (entry: (typeof armed)[number]) => {
    const index = armed.indexOf(entry);
    if (index >= 0) armed.splice(index, 1);
  };

  return {
    ackDeadlineMs,
    duplicateNextEvent: () => void Object.assign(next, { duplicate: true }),
    retryNextEvent: () => void Object.assign(next, { loseAck: true }),
    dropSockets: () => hub.drop(),
    disconnectSockets: (reason = 'refresh_requested') => hub.disconnect(reason),
    onMethod: (method, fault) => {
      const entry = { method, fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      armed.push(entry);
      return () => disarm(entry);
    },
    refuseBlocks: (...types) => {
      for (const type of types) refused.add(type);
      return () => {
        for (const type of types) refused.delete(type);
      };
    },
    blockFaults: (blocks) =>
      flattened(objects(blocks)).flatMap(({ type }, index) =>
        refused.has(String(type))
          ? [{ message: `unsupported type: ${type}`, pointer: `/blocks/${index}/type` }]
          : [],
      ),
    clear() {
      armed.length = 0;
      refused.clear();
      Object.assign(next, { duplicate: false, loseAck: false });
      this.ackDeadlineMs = ackDeadlineMs;
    },
    faultOf: (method) => {
      const entry = armed.find((candidate) => candidate.method === method || candidate.method === '*');
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) disarm(entry);
      return entry.fault;
    },
    nextEvent: () => {
      const how = { ...next };
      Object.assign(next, { duplicate: false, loseAck: false });
      return how;
    },
  };
}

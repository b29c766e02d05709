import { type AuditHead, genesis } from './audit-chain.js';

/**
 * What one process remembers of the chain outside Redis. An end that was cut off together with everything that
 * belongs to it looks whole in Redis: only who has seen more can tell.
 */
export interface LedgerMemory {
  /** The newest record this process wrote. */
  readonly last: AuditHead;
  /** First record after the last end that was seen to be cut off: what is older rests on a log that was shortened. */
  readonly floor: number;
  /** `after` = the length known before it was written; `shorter` = the chain had been longer than now. */
  add(head: AuditHead, after: number): 'longer' | 'shorter';
}

export function createLedgerMemory(): LedgerMemory {
  let last: AuditHead = genesis;
  let floor = 0;
  return {
    get last() {
      return last;
    },
    get floor() {
      return floor;
    },
    add: ({ seq, hash }, after) => {
      const shorter = seq <= after;
      if (shorter) floor = seq;
      if (shorter || seq > last.seq) last = { seq, hash };
      return shorter ? 'shorter' : 'longer';
    },
  };
}

import { type AcknetError, isAcknetError } from '../../errors.js';
import { mask } from '../../masking/mask.js';

/**
 * What a failed write leaves behind. `refused`: the server said no, nothing happened. `moved`: the object was not
 * the one we meant, nothing happened. `broken`: the server failed; the cluster shows whether it took the write.
 * `lost`: no answer, or one that says the outcome is open: it may still take effect later.
 */
export interface WriteFailure {
  readonly kind: 'refused' | 'moved' | 'broken' | 'lost';
  readonly reason: string;
}

const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;
/** etcd took the write and did not confirm it in time, or a proxy gave up waiting. */
const OUTCOME_OPEN = /time(d )?[ -]?out|etcdserver|leader changed|bad gateway/i;

/** Rethrows what is not an answer of the cluster. */
export function writeFailure(error: unknown): WriteFailure {
  if (!isAcknetError(error)) throw error;
  return { kind: kindOf(error), reason: mask(error.message) };
}

function kindOf({ code, message }: AcknetError): WriteFailure['kind'] {
  switch (code) {
    case 'cluster.conflict':
    case 'cluster.not-found':
      return 'moved';
    case 'cluster.unreachable':
      return NEVER_SENT.test(message) ? 'refused' : 'lost';
    case 'cluster.failed':
      return OUTCOME_OPEN.test(message) ? 'lost' : 'broken';
    case 'cluster.timed-out':
    case 'cluster.malformed':
      return 'lost';
    default:
      return 'refused';
  }
}

/** Says how a write ended that the cluster does not show. */
export function unseenReason({ kind, reason }: WriteFailure, look: string): string {
  if (kind === 'lost')
    return `${reason}. The change is not visible now, but may still arrive. Look at ${look}.`;
  return kind === 'broken' ? `${reason}. The cluster does not show the change.` : reason;
}

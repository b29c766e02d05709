import { listed } from '../../checks/listed.js';
import { isNetworkedNode } from '../../checks/node-kinds.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { nodes } from '../../cluster/views/node.js';
import { isAcknetError } from '../../errors.js';
import { readyStatus } from '../planning/facts/rollout-facts.js';

interface ReadyNow {
  readonly total: number;
  readonly notReady: readonly string[];
}

/** Which nodes are Ready at this moment; a text says why that could not be read. */
export async function readyNow(reader: ClusterReader): Promise<ReadyNow | string> {
  try {
    const hosts = (await reader.list(nodes)).filter(isNetworkedNode);
    const notReady = hosts.filter((host) => readyStatus(host) !== 'True').map(({ name }) => name);
    return { total: hosts.length, notReady: notReady.sort() };
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return error.message;
  }
}

/** The same in a sentence. `before` = nodes that were NotReady before the fix. */
export function readyText(now: ReadyNow | string, before: readonly string[] = []): string {
  if (typeof now === 'string') return `Which nodes are Ready now could not be read: ${now}`;
  const { total, notReady } = now;
  if (notReady.length === 0) return `Now ${total} of ${total} nodes are Ready.`;
  const as = notReady.every((node) => before.includes(node)) ? ', as before the fix' : '';
  return `Now ${total - notReady.length} of ${total} nodes are Ready; not Ready${as}: ${listed(notReady)}.`;
}

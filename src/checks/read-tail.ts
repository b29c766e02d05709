import type { ClusterReader, PodLogRequest } from '../cluster/ports.js';

/** Of the lines asked for, how many are asked for next where they have more bytes than the limit. */
const SHARE = 4;

/**
 * The lines of a log, oldest first. A kubelet begins with the oldest line of the tail and stops at the byte limit
 * (pkg/kubelet/kuberuntime/logs), so where lines are long it leaves out the newest: these are read after them.
 */
export async function readTail(
  reader: Pick<ClusterReader, 'podLog'>,
  request: PodLogRequest,
): Promise<readonly string[]> {
  const text = await reader.podLog(request);
  const lines = text.split('\n').filter(Boolean);
  const { tailLines = 1, limitBytes } = request;
  if (tailLines === 1 || Buffer.byteLength(text) < limitBytes) return lines;
  const newest = await readTail(reader, { ...request, tailLines: Math.ceil(tailLines / SHARE) });
  const known = new Set(newest);
  // The last one was cut.
  return [...lines.slice(0, -1).filter((line) => !known.has(line)), ...newest];
}

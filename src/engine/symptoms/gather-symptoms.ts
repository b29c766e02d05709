import type { Mended } from '../../checks/judging/define-check.js';
import { recentEvents } from '../../checks/recent-events.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { daemonSets } from '../../cluster/views/daemon-set.js';
import { events } from '../../cluster/views/event.js';
import { nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { componentSymptoms, readComponentCrashes } from './component-symptoms.js';
import { eventSymptoms } from './event-symptoms.js';
import { failingSymptoms } from './logs/failing-symptoms.js';
import { type ReadyLogs, readReadyLogs } from './logs/read-ready-logs.js';
import { isWarning } from './network-events.js';
import { nodeSymptoms } from './node-symptoms.js';
import { podSymptoms } from './pod-symptoms.js';
import { markRecovering } from './relating/recovering.js';
import type { Symptom } from './symptom.js';

interface GatherOptions {
  /** Fixes that ended lately. */
  readonly mended?: readonly Mended[] | undefined;
  /** The node that is asked about; absent = all. */
  readonly node?: string | undefined;
}

interface Gathered {
  readonly symptoms: readonly Symptom[];
  readonly read: ReadyLogs;
}

/**
 * Everything that shows, from the lists that the checks read anyway, and the logs of a few components, crashing and Ready.
 * Throws `cluster.*` where a list cannot be read: then nothing says that there is no symptom.
 */
export async function gatherSymptoms(
  reader: ClusterReader,
  now: Date,
  { mended = [], node }: GatherOptions = {},
): Promise<Gathered> {
  const [nodeList, podList, seen, sets] = await Promise.all([
    reader.list(nodes),
    reader.list(pods),
    reader.list(events),
    reader.list(daemonSets),
  ]);
  const recent = recentEvents(seen, { now }).filter(isWarning);
  const facts = { nodes: nodeList, pods: podList, sets, events: recent, now };
  const crashes = await readComponentCrashes(reader, facts);
  const shown = [
    ...nodeSymptoms(facts),
    ...podSymptoms(facts),
    ...componentSymptoms(facts, crashes),
    ...eventSymptoms(facts),
  ];
  const troubled = new Set([node, ...shown.map((symptom) => symptom.node)].flatMap((name) => name ?? []));
  const read = await readReadyLogs(reader, facts, troubled);
  return { symptoms: markRecovering([...shown, ...failingSymptoms(read.logs, facts)], facts, mended), read };
}

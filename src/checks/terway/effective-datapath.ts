import type { ClusterReader } from '../../cluster/ports.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { TerwayNodeView } from '../../cluster/views/terway/terway-node.js';
import { type LogSample, type PodLog, sampleLogs } from '../sample-logs.js';
import type { Acceleration } from './terway-config.js';

/** Nodes whose init log is read where the Node resource does not tell. */
const SAMPLED_NODES = 5;

interface NodeDatapath {
  readonly node: string;
  readonly acceleration: Acceleration;
  readonly where: string;
  readonly value: string;
}

/** What nodes really use: Terway's Node resource says it for all, else the init log of a sample. Source: cluster-signals 2.6. */
export interface DatapathSample {
  readonly nodes: readonly NodeDatapath[];
  /** Terway pods looked at of how many; undefined when Node resources told. */
  readonly sampled?: { readonly read: number; readonly of: number } | undefined;
  readonly unread?: string | undefined;
}

export async function gatherDatapaths(
  reader: ClusterReader,
  terwayPods: readonly PodView[],
  terwayNodes: readonly TerwayNodeView[],
): Promise<DatapathSample> {
  const told = terwayNodes.flatMap(fromResource);
  if (told.length > 0) return { nodes: told };
  const sample = await sampleLogs(reader, terwayPods, {
    container: 'terway-init',
    pods: SAMPLED_NODES,
    tailLines: 200,
  });
  return fromLogs(sample);
}

function fromResource({ name, datapath }: TerwayNodeView): readonly NodeDatapath[] {
  if (datapath === undefined) return [];
  return [
    {
      node: name,
      acceleration: accelerationNamed(datapath),
      where: `nodes.network.alibabacloud.com ${name}, spec.datapath.type`,
      value: datapath,
    },
  ];
}

function fromLogs({ logs, of, unread }: LogSample): DatapathSample {
  return { nodes: logs.flatMap(fromLog), sampled: { read: logs.length, of }, unread };
}

const DATAPATH_LINE = /(?:^|\s)datapath\s*=\s*(\w+)|"eniip_virtual_type"\s*:\s*"(\w+)"/i;

/** A log that was rotated away tells nothing; one that shows the generated config without a virtual type is plain veth. */
function fromLog({ pod, node, lines }: PodLog): readonly NodeDatapath[] {
  const line = lines.findLast((candidate) => DATAPATH_LINE.test(candidate));
  const match = DATAPATH_LINE.exec(line ?? '');
  const named = match?.[1] ?? match?.[2];
  const where = `log of ${pod}, container terway-init`;
  if (line !== undefined && named !== undefined)
    return [{ node, acceleration: accelerationNamed(named), where, value: line.trim() }];
  const config = lines.find((candidate) => /"type"\s*:\s*"terway"/.test(candidate));
  return config === undefined ? [] : [{ node, acceleration: 'none', where, value: config.trim() }];
}

function accelerationNamed(name: string): Acceleration {
  const type = name.toLowerCase();
  return type === 'datapathv2' || type === 'ipvlan' ? type : 'none';
}

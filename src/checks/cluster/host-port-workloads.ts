import type { ObjectRef } from '../../cluster/ports.js';
import type { PodView } from '../../cluster/views/pod.js';
import type { Evidence } from '../judging/define-check.js';
import { groupBy } from '../group-by.js';
import { listed } from '../listed.js';

const SHOWN = 5;

interface HostPortWorkload {
  readonly about: ObjectRef;
  readonly data: { readonly pods: number; readonly workload: string; readonly ports: string };
  readonly evidence: readonly Evidence[];
}

/** One finding a workload: what would have to change is its pod template. */
export function hostPortWorkloads(asking: readonly PodView[]): readonly HostPortWorkload[] {
  const groups = groupBy(asking, ({ namespace, name, owner }) =>
    owner === undefined ? `Pod ${namespace}/${name}` : `${owner.kind} ${namespace}/${owner.name}`,
  );
  return [...groups].map(([workload, members]) => {
    const [kind = 'Pod', path = ''] = workload.split(' ');
    const [namespace = '', name = ''] = path.split('/');
    const ports = [...new Set(members.flatMap(({ hostPorts }) => hostPorts))];
    return {
      about: { kind, namespace, name },
      data: { pods: members.length, workload, ports: listed(ports.map(String)) },
      evidence: members.slice(0, SHOWN).map((pod) => ({
        where: `Pod ${pod.namespace}/${pod.name} on ${pod.node ?? 'no node'}, ports[].hostPort`,
        value: pod.hostPorts.join(', '),
      })),
    };
  });
}

import { lacksCniConfig } from '../../cluster/cni-wordings.js';
import type { ClusterReader } from '../../cluster/ports.js';
import { nodes } from '../../cluster/views/node.js';
import { count, form } from '../../texts/count.js';
import type { Proof } from '../define-remediation.js';

/** Source: FAQ: the node is Ready again. The kubelet says by name that it found no CNI config. */
export async function proveFlannel(
  reader: ClusterReader,
  { nodes: rolled }: { nodes: readonly string[] },
): Promise<Proof> {
  const hosts = (await reader.list(nodes)).filter(({ name }) => rolled.includes(name));
  const ready = hosts.map((host) => ({
    host,
    condition: host.conditions.find(({ type }) => type === 'Ready'),
  }));
  const without = ready.filter(
    ({ condition }) => condition?.status !== 'True' && lacksCniConfig(condition?.message ?? ''),
  );
  const first = without[0];
  if (first) {
    const detail = `${without.length} of ${count(hosts.length, 'node')} still ${form(without.length, 'finds', 'find')} no CNI config, e.g. ${first.host.name}: ${first.condition?.message}`;
    return { state: 'not-in-effect', detail };
  }
  const well = ready.filter(({ condition }) => condition?.status === 'True').length;
  return {
    state: 'in-effect',
    detail: `${well} of ${count(hosts.length, 'node')} ${form(well, 'is', 'are')} Ready.`,
  };
}

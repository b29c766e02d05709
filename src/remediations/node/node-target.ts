import { z } from 'zod';
import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader, ObjectRef, RbacRule } from '../../cluster/ports.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import type { Change, KnownValue } from '../define-remediation.js';
import { refuse } from '../refuse.js';

export const nodeReads: readonly RbacRule[] = [{ group: '', resource: 'nodes', verbs: ['get'] }];
export const nodeWrites: readonly RbacRule[] = [{ group: '', resource: 'nodes', verbs: ['patch'] }];

/** The node may be named by the finding's object, or as a parameter. */
export const nodeParam = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'the name of a node')
  .meta({ title: 'Node', description: 'Its name, as kubectl get nodes shows it.', orTarget: true })
  .optional();

export async function gatherNodeTarget(
  reader: ClusterReader,
  named: string | undefined,
  target: ObjectRef | undefined,
): Promise<NodeView> {
  const name = named ?? (target?.kind === 'Node' ? target.name : undefined);
  if (name === undefined) throw refuse('Which node? Name one: node=<name>.');
  const node = await unlessAbsent(reader.get(nodes, { name }));
  if (node === undefined) throw refuse(`There is no node ${name}.`);
  if (node.labels.type === 'virtual-kubelet')
    throw refuse(`${name} is a virtual node (ECI): there is no machine behind it.`);
  return node;
}

/** Nodes that new pods may be placed on, or those that they may not. */
export async function knownNodes(reader: ClusterReader, unschedulable?: boolean): Promise<KnownNodes> {
  const all = (await reader.list(nodes)).filter(({ labels }) => labels.type !== 'virtual-kubelet');
  const fit = all.filter((node) => unschedulable === undefined || node.unschedulable === unschedulable);
  return { node: { choices: fit.map(({ name }) => name).sort() } };
}

type KnownNodes = Readonly<Record<'node', KnownValue>>;

export const cordonChange = ({ name, unschedulable }: NodeView, to: boolean): Change[] =>
  unschedulable === to ? [] : [{ verb: 'cordon', about: { kind: 'Node', name }, from: !to, to }];

import { z } from 'zod';
import { defineRemediation } from '../define-remediation.js';
import {
  cordonChange,
  gatherNodeTarget,
  knownNodes,
  nodeParam,
  nodeReads,
  nodeWrites,
} from './node-target.js';
import { proveCordon } from './prove-cordon.js';

/** Source: FAQ, after a node was cleaned or restarted. */
export const uncordonNode = defineRemediation({
  id: 'uncordon-node',
  title: 'Let new pods onto a node again (uncordon)',
  does: 'let new pods onto node {node} again',
  impact: 'Nothing restarts; new pods may be placed there from then on.',
  intent: 'flannel-no-ip-available',
  fixes: [],
  risk: 'low',
  undo: 'restore',
  after: 'unchanged',
  reads: nodeReads,
  writes: nodeWrites,
  params: z.strictObject({ node: nodeParam }),

  known: (reader) => knownNodes(reader, true),

  prove: (reader, given) => proveCordon(reader, { ...given, to: false }),

  async plan(reader, { params, target }) {
    const node = await gatherNodeTarget(reader, params.node, target);
    const ready = node.conditions.find(({ type }) => type === 'Ready');
    const unwell =
      ready?.status !== 'True'
        ? [`The node is Ready=${ready?.status ?? 'Unknown'}: ${ready?.message ?? 'no condition'}`]
        : [];
    return { changes: cordonChange(node, false), warnings: unwell };
  },
});

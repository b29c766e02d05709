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

/** Source: FAQ, before a node is cleaned, drained or replaced. */
export const cordonNode = defineRemediation({
  id: 'cordon-node',
  title: 'Keep new pods off a node (cordon)',
  does: 'keep new pods off node {node}',
  impact: 'Pods that run there stay; new ones go to other nodes.',
  intent: 'flannel-no-ip-available',
  fixes: [],
  risk: 'low',
  undo: 'restore',
  after: 'unchanged',
  reads: nodeReads,
  writes: nodeWrites,
  params: z.strictObject({ node: nodeParam }),

  known: (reader) => knownNodes(reader, false),

  prove: (reader, given) => proveCordon(reader, { ...given, to: true }),

  async plan(reader, { params, target }) {
    const node = await gatherNodeTarget(reader, params.node, target);
    return {
      changes: cordonChange(node, true),
      warnings: [],
    };
  },
});

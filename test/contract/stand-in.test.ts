import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';
import { drainNode } from '../../src/remediations/node/drain-node.js';
import { describeRemediation } from '../support/describe-remediation.js';

const bare = ['a bare simulated API server'] as const;
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };

describeRemediation(
  addFlannelCniVersion,
  {
    scenario: 'flannel-broken',
    finding: { id: 'flannel-cni-version.missing', about },
    diff: ['+  "cniVersion": "0.3.0",'],
    says: '5 of 5 nodes are Ready',
    undoEnds: 'failed',
    objects: [about],
  },
  bare,
);

describeRemediation(
  drainNode,
  {
    scenario: 'flannel-healthy',
    target: { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' },
    diff: ['-spec.unschedulable: false', '+spec.unschedulable: true'],
  },
  bare,
);

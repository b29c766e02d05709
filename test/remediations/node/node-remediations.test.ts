import type { JsonObject } from '../../../src/cluster/ports.js';
import { cordonNode } from '../../../src/remediations/node/cordon-node.js';
import { drainNode } from '../../../src/remediations/node/drain-node.js';
import { uncordonNode } from '../../../src/remediations/node/uncordon-node.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { node } from '../../support/kube-objects.js';
import { workloadPod } from '../plan-objects.js';

const target = { kind: 'Node', name: 'n1' } as const;
const first = { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' } as const;
const cordoned = node('n1', { spec: { unschedulable: true } });
const budget = (allowed: number, labels: Record<string, string>): JsonObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'two-at-least', namespace: 'shop' },
  spec: { selector: { matchLabels: labels } },
  status: { disruptionsAllowed: allowed },
});

describeRemediation(cordonNode, {
  scenario: 'flannel-healthy',
  target: first,
  diff: ['-spec.unschedulable: false', '+spec.unschedulable: true'],
});

describeRemediation(uncordonNode, {
  scenario: 'flannel-healthy',
  target: first,
  edits: [{ ref: first, merge: () => ({ spec: { unschedulable: true } }) }],
  diff: ['-spec.unschedulable: true', '+spec.unschedulable: false'],
});

describeRemediation(drainNode, {
  scenario: 'flannel-healthy',
  from: '1.22',
  target: first,
  diff: ['-spec.unschedulable: false', '+spec.unschedulable: true'],
  warns: ['Pods that leave: ', 'Undo lifts the cordon only'],
});

describePlan(cordonNode, {
  'takes the node as a parameter': {
    objects: [node('n1')],
    params: { node: 'n1' },
    changes: ['cordon Node/n1'],
  },
  'has nothing to do on a cordoned node': { objects: [cordoned], target, changes: [] },
  'refuses without a node': { objects: [node('n1')], refuses: 'Which node?' },
  'refuses a node that is not there': { objects: [], target, refuses: 'There is no node n1' },
  'refuses a virtual node': {
    objects: [node('n1', { labels: { type: 'virtual-kubelet' } })],
    target,
    refuses: 'virtual node',
  },
  'refuses a name that is none': { objects: [], params: { node: '../n1' }, refuses: 'the name of a node' },
});

describePlan(uncordonNode, {
  'has nothing to do on an open node': { objects: [node('n1')], target, changes: [] },
  'says that the node is not well': {
    objects: [
      node('n1', {
        spec: { unschedulable: true },
        ready: 'False',
        readyMessage: 'cni plugin not initialized',
      }),
    ],
    target,
    changes: ['cordon Node/n1'],
    warns: ['cni plugin not initialized'],
  },
});

describePlan(drainNode, {
  'refuses on a server without policy/v1 evictions, before it cordons': {
    objects: [node('n1'), workloadPod('web', 'n1')],
    version: 'v1.20.11-aliyun.1',
    target,
    refuses: 'from Kubernetes 1.22 on; this server is v1.20.11-aliyun.1',
    hints: 'kubectl drain n1 --ignore-daemonsets',
  },
  'cordons, then drains': {
    objects: [node('n1'), workloadPod('web', 'n1')],
    target,
    changes: ['cordon Node/n1', 'drain Node/n1'],
    warns: ['shop/web'],
    risk: 'high',
  },
  'only drains a cordoned node': {
    objects: [cordoned, workloadPod('web', 'n1')],
    target,
    changes: ['drain Node/n1'],
  },
  'leaves DaemonSets’ pods': {
    objects: [cordoned, workloadPod('log', 'n1', { daemonSet: true })],
    target,
    changes: [],
  },
  'stops at a bare pod': {
    objects: [node('n1'), workloadPod('lone', 'n1', { bare: true })],
    target,
    refuses: 'start these again: shop/lone',
  },
  'stops at a pod with an emptyDir': {
    objects: [node('n1'), workloadPod('cache', 'n1', { emptyDir: true })],
    target,
    refuses: 'emptyDir: shop/cache',
  },
  'goes on with those accepted by name': {
    objects: [
      node('n1'),
      workloadPod('cache', 'n1', { emptyDir: true }),
      workloadPod('lone', 'n1', { bare: true }),
    ],
    target,
    params: { accept: ['shop/cache', 'shop/lone'] },
    changes: ['cordon Node/n1', 'drain Node/n1'],
  },
  'names the budgets that stand in the way': {
    objects: [node('n1'), workloadPod('web', 'n1', { labels: { app: 'web' } }), budget(0, { app: 'web' })],
    target,
    warns: ['shop/web (shop/two-at-least)', 'never overrules'],
  },
  'does not name budgets that leave room, or are about others': {
    objects: [
      node('n1'),
      workloadPod('web', 'n1', { labels: { app: 'web' } }),
      budget(1, { app: 'web' }),
      budget(0, { app: 'other' }),
    ],
    target,
    silent: ['two-at-least'],
  },
  'refuses a time limit that is none': {
    objects: [node('n1')],
    target,
    params: { timeoutSeconds: 5 },
    refuses: 'at least 30',
  },
});

import { texts } from '../../../src/cluster/fields.js';
import { restartFlannel } from '../../../src/remediations/flannel/restart-flannel.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { daemonPod } from '../plan-objects.js';
import { flannel, moved, ON_TMPFS } from './flannel-objects.js';

const NEWER = '2026-11-01T00:00:00Z';
const roll = ['roll-pods DaemonSet/kube-flannel-ds'];
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };

describeRemediation(restartFlannel, {
  scenario: 'flannel-broken',
  edits: [
    {
      ref: about,
      merge: ({ data }) => ({
        data: {
          'cni-conf.json':
            texts(data)['cni-conf.json']?.replace('"type"', '"cniVersion": "0.3.0",\n  "type"') ?? '',
        },
      }),
    },
  ],
  finding: { id: 'flannel-cni-version.waiting', check: 'flannel-cni-version', about },
  diff: [],
  undated: { ends: 'fixed' },
  says: '5 of 5 nodes are Ready',
});

describePlan(restartFlannel, {
  'restarts pods older than their config': { objects: flannel({ written: NEWER }), changes: roll, nodes: [] },
  'restarts a broken one only': {
    objects: [...flannel().slice(0, -1), daemonPod('kube-flannel-ds', 'n2', { ready: false })],
    changes: roll,
    nodes: ['n2'],
  },
  'cannot call it nothing to do where the API server does not date every write': {
    objects: flannel(),
    version: 'v1.22.3-aliyun.1',
    refuses: 'kube-flannel-cfg may have been changed after the time it shows',
    hints: '/acknet fix restart-flannel cluster-x everyPod=true',
  },
  'cannot call it nothing to do where the ConfigMap tells no time': {
    objects: flannel({ written: 'unknown' }),
    refuses: 'kube-flannel-cfg does not say when it was last written',
  },
  'says what it leaves alone where the times do not tell': {
    objects: [...flannel().slice(0, -1), daemonPod('kube-flannel-ds', 'n2', { ready: false })],
    version: 'v1.22.3-aliyun.1',
    nodes: ['n2'],
    warns: ['1 of 2', 'if it was, use /acknet fix restart-flannel cluster-x everyPod=true'],
  },
  'restarts every pod where it is told to, and says so': {
    objects: flannel(),
    params: { everyPod: true },
    changes: roll,
    nodes: [],
    warns: ['pods that look up to date restart too'],
  },
  'takes an undated write for a moved store': {
    objects: flannel({ config: ON_TMPFS }),
    version: 'v1.22.3-aliyun.1',
    params: { everyPod: true },
    refuses: 'may have been changed after 2 of 2 Flannel pods started',
    hints: '/acknet fix restart-flannel cluster-x everyPod=true storeUnchanged=true',
  },
  'restarts them where someone compared the store': {
    objects: flannel({ config: ON_TMPFS }),
    version: 'v1.22.3-aliyun.1',
    params: { everyPod: true, storeUnchanged: true },
    changes: roll,
  },
  'has nothing to do where all run the present config': { objects: flannel(), changes: [] },
  'refuses Flannel in its old layout, which it would miss': {
    objects: [...flannel().slice(0, -1), daemonPod('kube-flannel-ds-amd64', 'n2', { ready: false })],
    refuses: 'a DaemonSet for each architecture (kube-flannel-ds-amd64)',
    hints: 'delete the Flannel pods one node at a time',
  },
  'refuses while a node still uses the old address store': {
    objects: flannel({
      config: ON_TMPFS,
      written: NEWER,
      annotations: moved({ n1: 'aaaaaaaa', n2: 'bbbbbbbb' }),
    }),
    refuses: '2 of 2 nodes still use the old one: n1, n2',
  },
  'goes on when every node has rebooted since the move': {
    objects: flannel({
      config: ON_TMPFS,
      written: NEWER,
      annotations: moved({ n1: 'cccccccc', n2: 'dddddddd' }),
    }),
    changes: roll,
  },
  'goes on with nodes that joined after the move': {
    objects: flannel({ config: ON_TMPFS, written: NEWER, annotations: moved({}) }),
    changes: roll,
  },
  'refuses where it cannot tell whether the store was moved by hand': {
    objects: flannel({ config: ON_TMPFS, written: NEWER }),
    refuses: 'is not visible here',
  },
  'refuses where the record is of another store': {
    objects: flannel({
      config: ON_TMPFS.replace('/var/run/cni/networks', '/run/cni'),
      written: NEWER,
      annotations: moved({}),
    }),
    refuses: 'is not visible here',
  },
  'takes the word of someone who compared it': {
    objects: flannel({ config: ON_TMPFS, written: NEWER }),
    params: { storeUnchanged: true },
    changes: roll,
  },
  'takes nobody’s word against the record': {
    objects: flannel({ config: ON_TMPFS, written: NEWER, annotations: moved({ n1: 'aaaaaaaa' }) }),
    params: { storeUnchanged: true },
    refuses: 'n1',
  },
  'refuses a config without cniVersion': {
    objects: flannel({ config: '{"name":"cb0","type":"flannel"}', written: NEWER }),
    refuses: 'has no cniVersion',
  },
  'refuses a broken net-conf.json': {
    objects: flannel({ written: NEWER, network: '{' }),
    refuses: 'net-conf.json',
  },
  'refuses a broken config': {
    objects: flannel({ config: 'x', written: NEWER }),
    refuses: 'not a JSON object',
  },
});

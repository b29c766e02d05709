import { restartKubeProxy } from '../../../src/remediations/kube-proxy/restart-kube-proxy.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { configMap } from '../../support/kube-objects.js';
import { daemonPod, writtenAt } from '../plan-objects.js';
import { CONF, managed } from './kube-proxy-objects.js';

const about = { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy-worker' };
const edited = (time: string, conf = CONF) =>
  managed().map((object) =>
    object.kind === 'ConfigMap'
      ? writtenAt(configMap('kube-proxy-worker', { 'config.conf': conf }), time)
      : object,
  );
const proxies = (...started: readonly string[]) =>
  started.map((startedAt, index) => daemonPod('kube-proxy-worker', `n${index + 1}`, { startedAt }));

describeRemediation(restartKubeProxy, {
  scenario: 'flannel-healthy',
  edits: [
    { ref: { ...about, kind: 'ConfigMap' }, merge: () => ({ data: { 'config.conf': `${CONF}# edited\n` } }) },
  ],
  finding: { id: 'kube-proxy-config.notApplied', check: 'kube-proxy-config', about },
  diff: [],
  undated: { ends: 'unproven' },
  says: 'Using ipvs Proxier',
  saysWithoutLogs: 'Not every log says which proxier runs',
});

describePlan(restartKubeProxy, {
  'cannot call it nothing to do where the API server does not date every write': {
    objects: [...edited('2026-09-01T00:00:00Z'), ...proxies('2026-10-01T00:00:00Z')],
    version: 'v1.22.3-aliyun.1',
    refuses: 'ConfigMap kube-proxy-worker may have been changed',
    hints: '/acknet fix restart-kube-proxy cluster-x everyPod=true',
  },
  'restarts every pod where it is told to': {
    objects: [...edited('2026-09-01T00:00:00Z'), ...proxies('2026-10-01T00:00:00Z')],
    params: { everyPod: true },
    changes: ['roll-pods DaemonSet/kube-proxy-worker'],
    nodes: [],
  },
  'restarts the pods older than their config, and only those': {
    objects: [...edited('2026-11-01T00:00:00Z'), ...proxies('2026-10-01T00:00:00Z', '2026-11-02T00:00:00Z')],
    changes: ['roll-pods DaemonSet/kube-proxy-worker'],
    nodes: ['n1'],
  },
  'restarts all where all are older': {
    objects: [...edited('2026-11-01T00:00:00Z'), ...proxies('2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z')],
    changes: ['roll-pods DaemonSet/kube-proxy-worker'],
    nodes: [],
  },
  'restarts a broken one': {
    objects: [
      ...edited('2026-09-01T00:00:00Z'),
      ...proxies('2026-10-01T00:00:00Z'),
      daemonPod('kube-proxy-worker', 'n2', { ready: false }),
    ],
    nodes: ['n2'],
  },
  'has nothing to do where every pod runs the present config': {
    objects: [...edited('2026-09-01T00:00:00Z'), ...proxies('2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z')],
    changes: [],
  },
  'refuses while the config would stop them': {
    objects: [...edited('2026-11-01T00:00:00Z', 'mode: [ipvs'), ...proxies('2026-10-01T00:00:00Z')],
    refuses: 'would stop every kube-proxy',
  },
});

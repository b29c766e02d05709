import { kubeProxyConfig } from '../../../src/checks/kube-proxy/kube-proxy-config.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture, node } from '../../support/kube-objects.js';
import { proxyConfig, proxyPod, rawProxyConfig } from './kube-proxy-objects.js';

const IMAGE = 'registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/kube-proxy:';
const set = (version = 'v1.31.1-aliyun.1', name = 'kube-proxy-worker') =>
  daemonSet(name, `${IMAGE}${version}`, { strategy: 'OnDelete' });
const healthy =
  'featureGates:\n\n\nclusterCIDR: 10.0.0.0/8\nclientConnection:\n  kubeconfig: /x\nconntrack:\n  maxPerCore: 65536\nmode: ipvs\n';
const running = [set(), node('n1'), proxyPod('n1')];

describeCheck(kubeProxyConfig, {
  'stays quiet about ACK’s own configuration': {
    objects: [proxyConfig(healthy), ...running],
    outcome: 'clear',
  },
  'stays quiet about the real-shaped one, applied': {
    objects: [
      fixture('09-configmap-kube-proxy-worker'),
      fixture('10-daemonset-kube-proxy-worker'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'clear',
  },
  'cannot tell what the pods run where the API server does not date every write': {
    objects: [proxyConfig(healthy), set('v1.22.3-aliyun.1'), node('n1'), proxyPod('n1')],
    version: 'v1.22.3-aliyun.1',
    outcome: 'unknown',
    says: 'so whether the pod that reads it runs what it says is not known',
  },
  'reads booleans as YAML 1.1 does, as kube-proxy itself': {
    objects: [proxyConfig('ipvs:\n  strictARP: yes\n'), ...running],
    outcome: 'clear',
  },
  'finds YAML with broken indentation': {
    objects: [proxyConfig('conntrack:\n   maxPerCore: 65536\n  min: 1\n'), ...running],
    outcome: 'found',
    finds: [
      'unreadable: config.conf in ConfigMap kube-proxy-worker is not valid YAML: All mapping items must start at the same column. A kube-proxy pod that restarts will not come up.',
    ],
    evidence: ['data["config.conf"], line 5: min: 1'],
  },
  'finds a missing colon': {
    objects: [proxyConfig('mode ipvs\nclusterCIDR: 10.0.0.0/8\n'), ...running],
    outcome: 'found',
    finds: [
      'unreadable: config.conf in ConfigMap kube-proxy-worker is not valid YAML: Implicit keys need to be on a single line. A kube-proxy pod that restarts will not come up.',
    ],
  },
  'finds an empty document': {
    objects: [rawProxyConfig(''), ...running],
    outcome: 'found',
    finds: [
      'unreadable: config.conf in ConfigMap kube-proxy-worker holds no fields. A kube-proxy pod that restarts will not come up.',
    ],
  },
  'finds another kind of document, and says no more about it': {
    objects: [
      rawProxyConfig('apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeletConfiguration\nx: 1\n'),
      ...running,
    ],
    outcome: 'found',
    finds: [
      'unreadable: config.conf in ConfigMap kube-proxy-worker kind ("KubeletConfiguration") must be KubeProxyConfiguration. A kube-proxy pod that restarts will not come up.',
    ],
  },
  'finds a missing apiVersion': {
    objects: [rawProxyConfig('kind: KubeProxyConfiguration\nmode: ipvs\n'), ...running],
    outcome: 'found',
    finds: [
      'unreadable: config.conf in ConfigMap kube-proxy-worker apiVersion must be kubeproxy.config.k8s.io/v1alpha1. A kube-proxy pod that restarts will not come up.',
    ],
    evidence: ['apiVersion: absent'],
  },
  'finds a duration without unit, wrong types and values out of range': {
    objects: [
      proxyConfig(
        'conntrack:\n  maxPerCore: "65536"\n  min: -1\nipvs:\n  udpTimeout: 10\n  tcpTimeout: "900"\noomScoreAdj: 2000\nmode: ipv6\nclusterCIDR: 10.0.0.0\nnodePortAddresses: 10.0.0.0/8\niptables:\n',
      ),
      ...running,
    ],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.31.1 does not start with: conntrack.maxPerCore ("65536") must be a whole number; conntrack.min (-1) must not be negative; ipvs.udpTimeout (10) needs a unit, as in 10s; ipvs.tcpTimeout ("900") needs a unit, as in 900s; oomScoreAdj (2000) must be -1000 to 1000; mode ("ipv6") must be one of iptables, ipvs, nftables; clusterCIDR ("10.0.0.0") must be an address range, or an IPv4 and an IPv6 range with a comma between and no blank; nodePortAddresses ("10.0.0.0/8") must be a list.',
    ],
    evidence: ['line 7: udpTimeout: 10'],
  },
  'finds a section that is no section, a negative duration and two ranges of one family': {
    objects: [
      proxyConfig('conntrack: 65536\nconfigSyncPeriod: -5m\nclusterCIDR: 10.0.0.0/8,172.16.0.0/12\n'),
      ...running,
    ],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.31.1 does not start with: conntrack (65536) must be a section with fields below it; configSyncPeriod ("-5m") must be more than 0; clusterCIDR ("10.0.0.0/8,172.16.0.0/12") may hold one IPv4 and one IPv6 range, no more.',
    ],
  },
  'takes both ranges of a dual-stack cluster': {
    objects: [proxyConfig('clusterCIDR: 10.0.0.0/8,fd00::/48\n'), ...running],
    outcome: 'clear',
  },
  'finds the scheduler name that kube-proxy itself refuses before 1.27': {
    objects: [
      proxyConfig('mode: ipvs\nipvs:\n  scheduler: mh\n'),
      set('v1.24.6-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.24.6 does not start with: ipvs.scheduler ("mh") must be one of rr, wrr, lc, wlc, lblc, lblcr, sh, dh, sed, nq. It exits with “failed validate: KubeProxyConfiguration.KubeProxyIPVSConfiguration.Scheduler.Scheduler: Invalid value: "mh": must be in [rr wrr lc wlc lblc lblcr sh dh sed nq ], blank means the default algorithm method (currently rr)”.',
    ],
  },
  'leaves the scheduler name to the kernel from 1.27 on': {
    objects: [proxyConfig('mode: ipvs\nipvs:\n  scheduler: mh\n'), ...running],
    outcome: 'clear',
  },
  'finds the gate of the FAQ’s sample where it was removed': {
    objects: [proxyConfig('featureGates:\n  IPv6DualStack: true\nmode: ipvs\n'), ...running],
    outcome: 'found',
    finds: [
      'gateRefused: ConfigMap kube-proxy-worker sets feature gates that kube-proxy 1.31.1 does not start with: featureGates.IPv6DualStack (true) was removed in Kubernetes 1.25. It exits with “failed complete: unrecognized feature gate: IPv6DualStack”.',
    ],
    evidence: ['line 4: IPv6DualStack: true'],
  },
  'takes that gate where it still exists': {
    objects: [
      proxyConfig('featureGates:\n  IPv6DualStack: true\nmode: ipvs\n'),
      set('v1.22.3-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'clear',
  },
  'finds a gate of a later release': {
    objects: [
      proxyConfig('featureGates:\n  NFTablesProxyMode: true\n'),
      set('v1.24.6-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'found',
    finds: [
      'gateRefused: ConfigMap kube-proxy-worker sets feature gates that kube-proxy 1.24.6 does not start with: featureGates.NFTablesProxyMode (true) exists from 1.29 on, this is 1.24. It exits with “failed complete: unrecognized feature gate: NFTablesProxyMode”.',
    ],
  },
  'finds a gate that no release knows': {
    objects: [proxyConfig('featureGates:\n  FasterThanLight: true\n'), ...running],
    outcome: 'found',
    finds: [
      'gateRefused: ConfigMap kube-proxy-worker sets feature gates that kube-proxy 1.31.1 does not start with: featureGates.FasterThanLight (true) is no gate of Kubernetes 1.31. It exits with “failed complete: unrecognized feature gate: FasterThanLight”.',
    ],
  },
  'finds a locked gate set to the other value, and says what speaks against it': {
    objects: [
      proxyConfig('featureGates:\n  IPv6DualStack: false\n  EndpointSliceProxying: true\n'),
      set('v1.24.6-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'found',
    finds: [
      'gateRefused: ConfigMap kube-proxy-worker sets feature gates that kube-proxy 1.24.6 does not start with: featureGates.IPv6DualStack (false) is locked to true in Kubernetes 1.24. It exits with “failed complete: cannot set feature gate IPv6DualStack to false, feature is locked to true”.',
    ],
    evidence: [
      'line 4: IPv6DualStack: false',
      'Pods of DaemonSet kube-system/kube-proxy-worker: 1 run though they started after the last change',
    ],
  },
  'does not say that a restart settles anything where it would stop kube-proxy': {
    objects: [
      proxyConfig('mode: ipv6\n'),
      set('v1.24.6-aliyun.1'),
      node('n1'),
      proxyPod('n1', { waiting: 'CrashLoopBackOff' }),
    ],
    version: 'v1.24.6-aliyun.1',
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.24.6 does not start with: mode ("ipv6") must be one of iptables, ipvs, userspace. It exits with “failed validate: KubeProxyConfiguration.Mode.ProxyMode: Invalid value: "ipv6": must be iptables,ipvs,userspace or blank (blank means the best-available proxy [currently iptables])”.',
    ],
    silent: 'a restart settles it',
  },
  'does not call a configuration valid that no pod has started with, while pods end': {
    objects: [proxyConfig(healthy), set(), node('n1'), proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    outcome: 'unknown',
    says: 'but pods of kube-proxy-worker end and none runs that started since its last change (see the check kube-proxy-mode)',
  },
  'takes one pod that runs with it for proof': {
    objects: [
      proxyConfig(healthy),
      set(),
      node('n1'),
      proxyPod('n1', { waiting: 'CrashLoopBackOff' }),
      proxyPod('n2'),
    ],
    outcome: 'clear',
  },
  'finds addresses that are no IP:port': {
    objects: [
      proxyConfig(`bindAddress: "::"\nhealthzBindAddress: ':::10256'\nmetricsBindAddress: '::1:10249'\n`),
      ...running,
    ],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.31.1 does not start with: healthzBindAddress (":::10256") must be IP:port, an IPv6 address in brackets; metricsBindAddress ("::1:10249") must be IP:port, an IPv6 address in brackets. It exits with “failed validate: [KubeProxyConfiguration.HealthzBindAddress: Invalid value: ":::10256": must be IP:port, KubeProxyConfiguration.MetricsBindAddress: Invalid value: "::1:10249": must be IP:port]”.',
    ],
  },
  'says that a gate hides what else is wrong': {
    objects: [proxyConfig('oomScoreAdj: 2000\nfeatureGates:\n  FasterThanLight: true\n'), ...running],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy-worker has values that kube-proxy 1.31.1 does not start with: oomScoreAdj (2000) must be -1000 to 1000.',
      'gateRefused: ConfigMap kube-proxy-worker sets feature gates that kube-proxy 1.31.1 does not start with: featureGates.FasterThanLight (true) is no gate of Kubernetes 1.31. It exits with “failed complete: unrecognized feature gate: FasterThanLight”.',
    ],
  },
  'does not judge what it has no source for': {
    objects: [
      proxyConfig('featureGates:\n  NFTablesProxyMode: true\n'),
      set('v1.40.0-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'clear',
    finds: [
      'notJudged: acknet cannot judge this in ConfigMap kube-proxy-worker for kube-proxy 1.40.0: featureGates.NFTablesProxyMode (true) is not judged for 1.40.0. What kube-proxy does not take keeps it from starting.',
    ],
  },
  'cannot tell of what it has no source for while no pod has started with it': {
    objects: [
      proxyConfig('featureGates:\n  NFTablesProxyMode: true\n'),
      set('v1.40.0-aliyun.1'),
      node('n1'),
      proxyPod('n1', { waiting: 'CrashLoopBackOff' }),
    ],
    outcome: 'unknown',
    finds: [
      'notJudged: acknet cannot judge this in ConfigMap kube-proxy-worker for kube-proxy 1.40.0: featureGates.NFTablesProxyMode (true) is not judged for 1.40.0. What kube-proxy does not take keeps it from starting.',
    ],
    says: 'Whether kube-proxy-worker starts with featureGates.NFTablesProxyMode is not known',
  },
  'finds fields that lost or gained indentation': {
    objects: [
      proxyConfig('conntrack:\nmaxPerCore: 65536\nipvs:\n  scheduler: lc\n  mode: ipvs\n'),
      ...running,
    ],
    outcome: 'found',
    finds: [
      'misplaced: ConfigMap kube-proxy-worker has fields in the wrong place, where kube-proxy ignores them: maxPerCore belongs indented under conntrack; ipvs.mode belongs at the top level, not indented. Mind the indentation.',
    ],
    evidence: ['line 4: maxPerCore: 65536'],
  },
  'finds unknown, repeated and too early fields': {
    objects: [
      proxyConfig('Mode: ipvs\nipvs:\n  shceduler: lc\n  udpTimeout: 10s\nmode: ipvs\nmode: iptables\n'),
      set('v1.16.9-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'found',
    finds: [
      'ignored: ConfigMap kube-proxy-worker has fields that kube-proxy 1.16.9 ignores: Mode is no field; mode is; ipvs.shceduler is no field; ipvs.udpTimeout exists from Kubernetes 1.18 on; mode stands there twice; only the last one counts. It starts all the same, without a word in its log.',
    ],
  },
  'finds the nftables section before 1.29': {
    objects: [
      proxyConfig('nftables:\n  masqueradeAll: true\n'),
      set('v1.28.3-aliyun.1'),
      node('n1'),
      proxyPod('n1'),
    ],
    outcome: 'found',
    finds: [
      'ignored: ConfigMap kube-proxy-worker has fields that kube-proxy 1.28.3 ignores: nftables exists from Kubernetes 1.29 on. It starts all the same, and only logs “using lenient decoding as strict decoding failed”.',
    ],
  },
  'advises about fields of older releases': {
    objects: [proxyConfig('udpIdleTimeout: 250ms\nconntrack:\n  max: 0\n'), ...running],
    outcome: 'clear',
    finds: [
      'leftOver: ConfigMap kube-proxy-worker still has fields of older releases, which do nothing any more: udpIdleTimeout was removed; conntrack.max was removed.',
    ],
  },
  'counts what does not fit': {
    objects: [proxyConfig(Array.from({ length: 11 }, (_, index) => `x${index}: 1\n`).join('')), ...running],
    outcome: 'found',
    finds: [
      `ignored: ConfigMap kube-proxy-worker has fields that kube-proxy 1.31.1 ignores: ${Array.from({ length: 8 }, (_, index) => `x${index} is no field`).join('; ')}; and 3 more. It starts all the same, and only logs “using lenient decoding as strict decoding failed”.`,
    ],
  },
  'finds pods older than the last change': {
    objects: [
      proxyConfig(healthy),
      set(),
      node('n1'),
      proxyPod('n1', { started: '2026-11-01T00:00:00Z' }),
      proxyPod('n2'),
    ],
    outcome: 'found',
    finds: [
      'notApplied: 1 of 2 kube-proxy-worker pods started before its ConfigMap was last changed (by kubectl-edit) and still runs the old configuration. Nothing restarts it by itself.',
    ],
    evidence: [
      'last changed 2026-11-20T08:00:00Z by kubectl-edit',
      'Pod kube-system/kube-proxy-worker-n1 on n1: started 2026-11-01T00:00:00Z',
    ],
  },
  'takes a container that restarted after the change as having read it': {
    objects: [
      proxyConfig(healthy),
      set(),
      node('n1'),
      proxyPod('n1', { started: '2026-11-01T00:00:00Z', restarted: '2026-11-22T00:00:00Z' }),
    ],
    outcome: 'clear',
  },
  'looks at kube-proxy-master of a dedicated cluster, and compares': {
    objects: [
      proxyConfig('mode: ipvs\nipvs:\n  scheduler: lc\n'),
      proxyConfig('mode: ipvs\n', 'kube-proxy-master'),
      set(),
      set('v1.31.1-aliyun.1', 'kube-proxy-master'),
      node('m1', { labels: { 'node-role.kubernetes.io/master': '' } }),
      proxyPod('n1'),
      proxyPod('m1', { set: 'kube-proxy-master', started: '2026-11-01T00:00:00Z' }),
    ],
    outcome: 'found',
    finds: [
      'notApplied: 1 of 1 kube-proxy-master pod started before its ConfigMap was last changed (by kubectl-edit) and still runs the old configuration. Nothing restarts it by itself.',
      'differ: kube-proxy-worker and kube-proxy-master are set differently: ipvs.scheduler. A change is meant for both, unless that is on purpose.',
    ],
    evidence: ['ipvs.scheduler: lc', 'ipvs.scheduler: absent'],
  },
  'cannot vouch for a dedicated cluster without kube-proxy-master': {
    objects: [
      proxyConfig(healthy),
      set(),
      node('m1', { labels: { 'node-role.kubernetes.io/master': '' } }),
      proxyPod('n1'),
    ],
    outcome: 'unknown',
    says: 'kube-proxy-master',
  },
  'knows the upstream name too': {
    objects: [proxyConfig('mode: [ipvs]\n', 'kube-proxy'), node('n1')],
    outcome: 'found',
    finds: [
      'wrongValue: ConfigMap kube-proxy has values that kube-proxy 1.31.1 does not start with: mode must be a text.',
    ],
  },
  'goes by the server’s release where the image tells none': {
    objects: [
      proxyConfig('featureGates:\n  IPv6DualStack: true\n'),
      daemonSet('kube-proxy-worker', 'acs/kube-proxy:latest'),
      node('n1'),
    ],
    version: 'v1.20.4-aliyun.1',
    outcome: 'clear',
  },
  'cannot tell whether it is applied when the ConfigMap has no times': {
    objects: [
      configMap('kube-proxy-worker', {
        'config.conf': 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n',
      }),
      ...running,
    ],
    outcome: 'unknown',
    says: 'does not say when it was last written',
  },
  'cannot tell whether it is applied when a pod has no times': {
    objects: [proxyConfig(healthy), set(), node('n1'), { ...proxyPod('n1'), status: { phase: 'Running' } }],
    outcome: 'unknown',
    says: '1 kube-proxy-worker pod does not say when it started',
  },
  'cannot tell without the key': {
    objects: [configMap('kube-proxy-worker', { 'kubeconfig.conf': 'x' }), ...running],
    outcome: 'unknown',
    says: 'no key config.conf',
  },
  'cannot tell without the ConfigMap': { objects: running, outcome: 'unknown', says: 'no key config.conf' },
  'cannot tell where kube-proxy is managed elsewhere': {
    objects: [node('n1')],
    outcome: 'unknown',
    says: 'a managed one is not visible here',
  },
  'cannot tell without the right to read ConfigMaps': {
    objects: [proxyConfig(healthy), ...running],
    forbidden: ['configmaps'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not apply where no node runs kube-proxy': {
    objects: [node('n1', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } })],
    outcome: 'not-applicable',
    says: 'No node runs kube-proxy',
  },
});

import { kubeProxyMode } from '../../../src/checks/kube-proxy/kube-proxy-mode.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { type CheckCase, describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';
import { proxyConfig, proxyPod } from './kube-proxy-objects.js';

const set = (version = 'v1.31.1-aliyun.1') => daemonSet('kube-proxy-worker', `x/acs/kube-proxy:${version}`);
const ipvs = proxyConfig('mode: ipvs\nipvs:\n  scheduler: lc\n');
const log = (text: string, on = 'n1') => ({ [`kube-proxy-worker-${on}/kube-proxy-worker`]: text });
const objects = [ipvs, set(), node('n1'), proxyPod('n1')];
const OLD_REFUSAL =
  "W1120 03:55:42.062316       1 server_others.go:270] Can't use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc]";

/** A network agent that ACK does not support, wanted on `desired` nodes. */
const agent = (name: string, image: string, { namespace = 'kube-system', desired = 1 } = {}): JsonObject => {
  const made = daemonSet(name, image);
  return {
    ...made,
    metadata: { ...(made.metadata as JsonObject), namespace },
    status: { desiredNumberScheduled: desired, numberReady: desired, observedGeneration: 1 },
  };
};
const ABSENT =
  'absent: ConfigMap kube-proxy-worker is here, and no DaemonSet or pod of kube-proxy is: so on 1 node that needs it what changes in Services and their pods has no effect. Bring the DaemonSet back.';
const replaced = (set: JsonObject, name: string): CheckCase => ({
  objects: [ipvs, set, node('n1')],
  outcome: 'unknown',
  says: `ConfigMap kube-proxy-worker is here, and no DaemonSet or pod of kube-proxy is. ${name} can do its work; whether it does (kubeProxyReplacement in Cilium) is in settings of its own`,
  silent: 'No log of',
  open: ['absent'],
});

describeCheck(kubeProxyMode, {
  'cannot tell that it is missed where Cilium may do its work': replaced(
    agent('cilium', 'quay.io/cilium/cilium:v1.16.4'),
    'kube-system/cilium',
  ),
  'cannot tell that it is missed where Cilium runs under another name, in a namespace of its own': replaced(
    agent('agent', 'x/cilium/cilium:v1.16.4', { namespace: 'cilium-system' }),
    'cilium-system/agent',
  ),
  'cannot tell that it is missed where Calico may do its work by eBPF': replaced(
    agent('calico-node', 'x/calico/node:v3.29.1'),
    'kube-system/calico-node',
  ),
  'finds that nothing runs it beside an agent that no node has': {
    objects: [ipvs, agent('cilium', 'quay.io/cilium/cilium:v1.16.4', { desired: 0 }), node('n1')],
    outcome: 'found',
    finds: [ABSENT],
  },
  'finds that nothing runs it beside a plugin that leaves Services to it': {
    objects: [ipvs, agent('weave-net', 'x/weaveworks/weave-kube:2.8.1'), node('n1')],
    outcome: 'found',
    finds: [ABSENT],
  },
  'finds that nothing runs it beside Terway, whose policy container is Cilium’s agent': {
    objects: [ipvs, agent('terway-eniip', 'x/cilium/cilium:v1.16.4'), node('n1')],
    outcome: 'found',
    finds: [ABSENT],
  },
  'judges the mode of a kube-proxy that runs beside Cilium': {
    objects: [...objects, agent('cilium', 'quay.io/cilium/cilium:v1.16.4')],
    logs: log('I1120 03:55:42.062316       1 server_others.go:259] Using ipvs Proxier.\n'),
    outcome: 'clear',
  },
  'stays quiet when the log says ipvs (1.21 and older write it with a full stop)': {
    objects,
    logs: log('I1120 03:55:42.062316       1 server_others.go:259] Using ipvs Proxier.\n'),
    outcome: 'clear',
  },
  'takes an empty mode for iptables': {
    objects: [proxyConfig('mode: ""\n'), set(), node('n1'), proxyPod('n1')],
    logs: log('I1120 1 server_linux.go] "Using iptables Proxier"\n'),
    outcome: 'clear',
  },
  'finds that nothing runs it, where its ConfigMap is and its DaemonSet is not': {
    objects: [ipvs, node('n1'), node('n2', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } })],
    outcome: 'found',
    finds: [
      'absent: ConfigMap kube-proxy-worker is here, and no DaemonSet or pod of kube-proxy is: so on 1 node that needs it what changes in Services and their pods has no effect. Bring the DaemonSet back.',
    ],
    evidence: ['mode: ipvs'],
  },
  'says nothing of that where Terway’s eBPF does its work on every node': {
    objects: [ipvs, node('n1', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } })],
    outcome: 'unknown',
    says: 'No log of kube-proxy-worker',
  },
  'says nothing of that where it runs under a name of somebody’s own': {
    objects: [
      ipvs,
      node('n1'),
      {
        ...proxyPod('n1'),
        metadata: {
          name: 'svc-proxy-n1',
          namespace: 'kube-system',
          ownerReferences: [{ kind: 'DaemonSet', name: 'svc-proxy', controller: true }],
        },
      },
    ],
    outcome: 'unknown',
    says: 'No log of kube-proxy-worker',
  },
  'finds the fall-back to iptables up to 1.25': {
    objects: [ipvs, set('v1.20.4-aliyun.1'), node('n1'), proxyPod('n1', { version: 'v1.20.4-aliyun.1' })],
    logs: log(`${OLD_REFUSAL}\nI1120 03:55:42.1 1 server_others.go:185] Using iptables Proxier.\n`),
    outcome: 'found',
    finds: [
      'fellBack: 1 of 1 sampled kube-proxy-worker pod runs in iptables mode although ipvs is set: before 1.26 kube-proxy falls back where it cannot use IPVS. Not loaded there: ip_vs_lc. Load them with modprobe and restart kube-proxy there, or roll the change back.',
    ],
    evidence: ['log of kube-proxy-worker-n1', 'not loaded: [ip_vs_lc]', 'Using iptables Proxier.'],
  },
  'goes by the release of the pod, not by what the DaemonSet would start now': {
    objects: [ipvs, set('v1.30.1-aliyun.1'), node('n1'), proxyPod('n1', { version: 'v1.20.4-aliyun.1' })],
    logs: log(`${OLD_REFUSAL}\nI1120 03:55:42.1 1 server_others.go:185] Using iptables Proxier.\n`),
    outcome: 'found',
    finds: [
      'fellBack: 1 of 1 sampled kube-proxy-worker pod runs in iptables mode although ipvs is set: before 1.26 kube-proxy falls back where it cannot use IPVS. Not loaded there: ip_vs_lc. Load them with modprobe and restart kube-proxy there, or roll the change back.',
    ],
  },
  'finds the fall-back as 1.18 and before word it': {
    objects: [ipvs, set('v1.18.8-aliyun.1'), node('n1'), proxyPod('n1', { version: 'v1.18.8-aliyun.1' })],
    logs: log(
      "E1120 03:55:42.06 1 server_others.go:339] can't determine whether to use ipvs proxy, error: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs ip_vs_rr nf_conntrack_ipv4]\nI1120 03:55:42.1 1 server_others.go:140] Using iptables Proxier.\n",
    ),
    outcome: 'found',
    finds: [
      'fellBack: 1 of 1 sampled kube-proxy-worker pod runs in iptables mode although ipvs is set: before 1.26 kube-proxy falls back where it cannot use IPVS. Not loaded there: ip_vs, ip_vs_rr, nf_conntrack_ipv4. Load them with modprobe and restart kube-proxy there, or roll the change back.',
    ],
    evidence: ["can't determine whether to use ipvs proxy", 'Using iptables Proxier.'],
  },
  'shows the last words of the run before, where a gate is not known': {
    objects: [
      proxyConfig('featureGates:\n  MountPropagation: true\n'),
      set('v1.14.8-aliyun.1'),
      node('n1'),
      proxyPod('n1', { waiting: 'CrashLoopBackOff', version: 'v1.14.8-aliyun.1' }),
    ],
    logs: {
      ...log(''),
      'kube-proxy-worker-n1/kube-proxy-worker/previous':
        'W1120 1 server.go] x\nF1120 03:55:42.06 1 server.go:463] failed complete: unrecognized feature gate: MountPropagation\ngoroutine 1 [running]:\nk8s.io/klog.stacks(0xc0)\n\t/go/src/klog.go:830 +0xb8\n',
    },
    outcome: 'found',
    finds: [
      'exits: 1 of 1 kube-proxy-worker pod is not ready, and kube-proxy exits at every start on 1 of 1 of them: “failed complete: unrecognized feature gate: MountPropagation”. A restart mends nothing. Correct featureGates in ConfigMap kube-proxy-worker.',
    ],
    evidence: [
      'F1120 03:55:42.06 1 server.go:463] failed complete: unrecognized feature gate: MountPropagation',
      'CrashLoopBackOff; last run ended with exit code 255 (Error); 7 restarts',
    ],
  },
  'tells causes apart that differ from node to node, and quotes what it does not know': {
    objects: [
      proxyConfig('mode: ""\n'),
      set(),
      ...['n1', 'n2', 'n3', 'n4'].map((name) => proxyPod(name, { waiting: 'CrashLoopBackOff' })),
    ],
    logs: {
      ...log(
        'E1120 1 run.go:72] "command failed" err="failed validate: KubeProxyConfiguration.BindAddress: Invalid value: \\"x\\": not a valid textual representation of an IP address"\n',
      ),
      ...log('Error: unknown flag: --cleanup-ipvs\n', 'n2'),
      ...log(
        'E1120 1 server.go:1] "Error running ProxyServer" err="listen tcp 0.0.0.0:10256: bind: address already in use"\n',
        'n3',
      ),
      ...log(
        'I1120 1 server.go:1] hello\nE1120 1 run.go:74] "command failed" err="stat /var/lib/kube-proxy/kubeconfig.conf: no such file or directory"\n',
        'n4',
      ),
    },
    outcome: 'found',
    finds: [
      'exits: 4 of 4 kube-proxy-worker pods are not ready, and kube-proxy exits at every start on 1 of 4 of them: “failed validate: KubeProxyConfiguration.BindAddress: Invalid value: "x": not a valid textual representation of an IP address”. A restart mends nothing. Correct the configuration in ConfigMap kube-proxy-worker.',
      'exits: 4 of 4 kube-proxy-worker pods are not ready, and kube-proxy exits at every start on 1 of 4 of them: “Error: unknown flag: --cleanup-ipvs”. A restart mends nothing. Correct the command of DaemonSet kube-proxy-worker.',
      'exits: 4 of 4 kube-proxy-worker pods are not ready, and kube-proxy exits at every start on 1 of 4 of them: “listen tcp 0.0.0.0:10256: bind: address already in use”. A restart mends nothing. Something else on the node holds the port: find it with ss -lntp, or set another address.',
      'notReady: 1 of 4 kube-proxy-worker pods is not ready (CrashLoopBackOff: 1): Services do not follow their endpoints on those nodes. The last words of one: “E1120 1 run.go:74] "command failed" err="stat /var/lib/kube-proxy/kubeconfig.conf: no such file or directory"”.',
    ],
  },
  'leaves a restart open where the config was changed after the last exit': {
    objects: [
      proxyConfig('mode: ""\n'),
      set(),
      proxyPod('n1', { waiting: 'CrashLoopBackOff', ended: '2026-11-20T07:59:00Z' }),
    ],
    logs: log('E1120 1 run.go:72] "command failed" err="failed complete: unrecognized feature gate: X"\n'),
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 kube-proxy-worker pod is not ready (CrashLoopBackOff: 1): Services do not follow their endpoints on those nodes. The last words of one: “E1120 1 run.go:72] "command failed" err="failed complete: unrecognized feature gate: X"”.',
    ],
  },
  'reads an error of several lines as one': {
    objects: [proxyConfig('mode: ""\n'), set(), proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    logs: log(
      'E1120 1 run.go:72] "command failed" err=<\n\tfailed complete: failed to decode: yaml: line 5: found character\n\tthat cannot start any token\n >\n',
    ),
    outcome: 'found',
    finds: [
      'exits: 1 of 1 kube-proxy-worker pod is not ready, and kube-proxy exits at every start on 1 of 1 of them: “failed complete: failed to decode: yaml: line 5: found character that cannot start any token >”. A restart mends nothing. Correct the configuration in ConfigMap kube-proxy-worker.',
    ],
  },
  'finds kube-proxy exiting from 1.26 on': {
    objects: [
      ipvs,
      set('v1.26.3-aliyun.1'),
      node('n1'),
      proxyPod('n1', { waiting: 'CrashLoopBackOff', version: 'v1.26.3-aliyun.1' }),
    ],
    logs: log(
      `E1120 1 server.go] "Error running ProxyServer" err="can't use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc]"\n`,
    ),
    outcome: 'found',
    finds: [
      'refused: 1 of 1 sampled kube-proxy-worker pod says that it cannot use IPVS and, from Kubernetes 1.26 on, exits instead of falling back. Not loaded there: ip_vs_lc. Load them with modprobe and restart kube-proxy there, or roll the change back.',
    ],
    evidence: ["can't use the IPVS proxier"],
  },
  'finds the missing scheduler of 1.27 and later': {
    objects,
    logs: log(
      'E1120 1 ipvs.go] "Could not create dummy VS" err="no such file or directory" scheduler="lc"\n',
    ),
    outcome: 'found',
    finds: [
      'refused: 1 of 1 sampled kube-proxy-worker pod says that it cannot use IPVS and, from Kubernetes 1.26 on, exits instead of falling back. Roll the change back, then restart the node.',
    ],
  },
  'takes a refusal that a later start overcame as history': {
    objects: [ipvs, set('v1.26.3-aliyun.1'), node('n1'), proxyPod('n1')],
    logs: log(`"can't use the IPVS proxier: x"\nI1 "Using ipvs Proxier"\n`),
    outcome: 'clear',
  },
  'finds pods in another mode than set, of a mixed DaemonSet': {
    objects: [ipvs, set(), node('n1'), proxyPod('n1'), proxyPod('n2')],
    logs: { ...log('"Using iptables Proxier"\n'), ...log('"Using ipvs Proxier"\n', 'n2') },
    outcome: 'found',
    finds: [
      'otherMode: 1 of 2 sampled kube-proxy-worker pods runs in iptables mode, set is ipvs. Why is not known: they started after the ConfigMap was last changed.',
    ],
    evidence: ['mode: ipvs', '"Using iptables Proxier"'],
  },
  'advises from 1.35 on that IPVS ends': {
    objects: [ipvs, set('v1.35.2-aliyun.1'), node('n1'), proxyPod('n1')],
    logs: log('"Using ipvs Proxier"\n'),
    outcome: 'clear',
    finds: [
      'ipvsDeprecated: IPVS mode is deprecated from Kubernetes 1.35 on (this is 1.35.2); nftables and Terway DataPath V2 are its successors.',
    ],
  },
  'reads the logs of pods that are not ready first': {
    objects: [
      ipvs,
      set(),
      ...Array.from({ length: 20 }, (_, index) => proxyPod(`n${index}`)),
      proxyPod('last', { waiting: 'Error' }),
    ],
    logs: { ...log('could not create dummy VS\n', 'last'), ...log('"Using ipvs Proxier"\n', 'n0') },
    outcome: 'found',
    finds: [
      'refused: 1 of 5 sampled kube-proxy-worker pods says that it cannot use IPVS and, from Kubernetes 1.26 on, exits instead of falling back. Roll the change back, then restart the node.',
    ],
  },
  'takes a pod that runs on from 1.26 for proof, where the log no longer says it': {
    objects,
    logs: log('I1 proxier.go] syncing\n'),
    outcome: 'clear',
  },
  'cannot tell so where a pod of 1.25 and before could have fallen back': {
    objects: [ipvs, set('v1.25.3-aliyun.1'), node('n1'), proxyPod('n1', { version: 'v1.25.3-aliyun.1' })],
    logs: log('I1 proxier.go] syncing\n'),
    outcome: 'unknown',
    says: 'No log of kube-proxy-worker says in which mode it runs (1 of 1 pod sampled)',
  },
  'cannot tell so where the pods are older than the configuration': {
    objects: [ipvs, set(), node('n1'), proxyPod('n1', { started: '2026-11-01T00:00:00Z' })],
    logs: log('I1 proxier.go] syncing\n'),
    outcome: 'unknown',
    says: 'No log of kube-proxy-worker says in which mode it runs (1 of 1 pod sampled)',
  },
  'says of pods in another mode that they are older than the configuration': {
    objects: [ipvs, set(), node('n1'), proxyPod('n1', { started: '2026-11-01T00:00:00Z' })],
    logs: log('I1 server_linux.go] "Using iptables Proxier"\n'),
    outcome: 'found',
    finds: [
      'otherMode: 1 of 1 sampled kube-proxy-worker pod runs in iptables mode, set is ipvs. They started before the ConfigMap was last changed.',
    ],
  },
  'does not apply where every node is set to do without kube-proxy': {
    objects: [
      ipvs,
      { ...set(), status: { desiredNumberScheduled: 0, numberReady: 0, observedGeneration: 1 } },
      node('n1', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } }),
    ],
    outcome: 'not-applicable',
    says: 'scheduled to none',
  },
  'takes no pod for down whose node has stopped reporting, nor for running': {
    objects: [
      ipvs,
      set(),
      node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
      proxyPod('n1', { waiting: 'Running' }),
    ],
    outcome: 'unknown',
    says: 'The kubelet no longer reports, so whether kube-proxy runs is not known on n1',
  },
  'cannot tell without pods': { objects: [ipvs, set(), node('n1')], outcome: 'unknown', says: '0 of 0 pods' },
  'cannot tell from a configuration that does not parse, but still shows broken pods': {
    objects: [proxyConfig(' mode: ipvs\n'), set(), proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 kube-proxy-worker pod is not ready (CrashLoopBackOff: 1): Services do not follow their endpoints on those nodes.',
    ],
    says: 'is not valid YAML',
  },
  'cannot tell without the key': {
    objects: [configMap('kube-proxy-worker', {}), set(), proxyPod('n1')],
    outcome: 'unknown',
    says: 'no key config.conf',
  },
  'cannot tell without any kube-proxy': { objects: [node('n1')], outcome: 'unknown', says: 'managed one' },
  'cannot tell without the right to list pods': {
    objects,
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'may not',
  },
  'cannot tell without the right to read logs': {
    objects,
    forbidden: ['pods/log'],
    outcome: 'unknown',
    says: 'could not be read',
  },
});

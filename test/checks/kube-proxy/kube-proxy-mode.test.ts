import { kubeProxyMode } from '../../../src/checks/kube-proxy/kube-proxy-mode.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, node } from '../../support/kube-objects.js';
import { proxyConfig, proxyPod } from './kube-proxy-objects.js';

const set = (version = 'v1.31.1-aliyun.1') => daemonSet('kube-proxy-worker', `x/acs/kube-proxy:${version}`);
const ipvs = proxyConfig('mode: ipvs\nipvs:\n  scheduler: lc\n');
const log = (text: string, on = 'n1') => ({ [`kube-proxy-worker-${on}/kube-proxy-worker`]: text });
const objects = [ipvs, set(), node('n1'), proxyPod('n1')];
const OLD_REFUSAL =
  "W1120 03:55:42.062316       1 server_others.go:270] Can't use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc]";

describeCheck(kubeProxyMode, {
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
  'finds the fall-back to iptables up to 1.25': {
    objects: [ipvs, set('v1.20.4-aliyun.1'), node('n1'), proxyPod('n1')],
    logs: log(`${OLD_REFUSAL}\nI1120 03:55:42.1 1 server_others.go:185] Using iptables Proxier.\n`),
    outcome: 'found',
    finds: [
      'fellBack: 1 of 1 sampled kube-proxy-worker pods run in iptables mode although ipvs is set: IPVS could not be used there. Roll the change back, then restart the node.',
    ],
    evidence: ['log of kube-proxy-worker-n1', 'not loaded: [ip_vs_lc]', 'Using iptables Proxier.'],
  },
  'finds kube-proxy exiting from 1.26 on': {
    objects: [ipvs, set('v1.26.3-aliyun.1'), node('n1'), proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    logs: log(
      `E1120 1 server.go] "Error running ProxyServer" err="can't use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc]"\n`,
    ),
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 kube-proxy-worker pods are not ready (CrashLoopBackOff: 1): Services do not follow their endpoints on those nodes.',
      'refused: 1 of 1 sampled kube-proxy-worker pods say that they cannot use IPVS and, from Kubernetes 1.26 on, exit instead of falling back.',
    ],
    evidence: ['CrashLoopBackOff, restarted 7 times', "can't use the IPVS proxier"],
  },
  'finds the missing scheduler of 1.27 and later': {
    objects,
    logs: log(
      'E1120 1 ipvs.go] "Could not create dummy VS" err="no such file or directory" scheduler="lc"\n',
    ),
    outcome: 'found',
    finds: [
      'refused: 1 of 1 sampled kube-proxy-worker pods say that they cannot use IPVS and, from Kubernetes 1.26 on, exit instead of falling back.',
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
      'otherMode: 1 of 2 sampled kube-proxy-worker pods run in iptables mode, set is ipvs. They started with another configuration.',
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
      'notReady: 1 of 21 kube-proxy-worker pods are not ready (Error: 1): Services do not follow their endpoints on those nodes.',
      'refused: 1 of 5 sampled kube-proxy-worker pods say that they cannot use IPVS and, from Kubernetes 1.26 on, exit instead of falling back.',
    ],
  },
  'cannot tell from a log whose beginning is gone': {
    objects,
    logs: log('I1 proxier.go] syncing\n'),
    outcome: 'unknown',
    says: 'No start of kube-proxy-worker is in the logs any more (1 of 1 pods sampled)',
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
  'cannot tell without pods': { objects: [ipvs, set(), node('n1')], outcome: 'unknown', says: '0 of 0 pods' },
  'cannot tell from a configuration that does not parse, but still shows broken pods': {
    objects: [proxyConfig(' mode: ipvs\n'), set(), proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    outcome: 'found',
    finds: [
      'notReady: 1 of 1 kube-proxy-worker pods are not ready (CrashLoopBackOff: 1): Services do not follow their endpoints on those nodes.',
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

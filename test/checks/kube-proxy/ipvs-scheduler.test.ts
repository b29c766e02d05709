import { ipvsScheduler } from '../../../src/checks/kube-proxy/ipvs-scheduler.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture, node } from '../../support/kube-objects.js';
import { proxyConfig, proxyPod } from './kube-proxy-objects.js';

const created = (name: string, at: string): JsonObject => {
  const plain = node(name);
  return { ...plain, metadata: { ...(plain.metadata as JsonObject), creationTimestamp: at } };
};
const set = daemonSet('kube-proxy-worker', 'x/acs/kube-proxy:v1.31.1-aliyun.1');
const old = created('n1', '2021-03-01T00:00:00Z');
const young = created('n1', '2024-03-01T00:00:00Z');
const ipvs = (scheduler: string) => proxyConfig(`mode: ipvs\nipvs:\n  scheduler: ${scheduler}\n`);
const log = (text: string) => ({ 'kube-proxy-worker-n1/kube-proxy-worker': text });
const fine = log('I1 "Using ipvs Proxier"\n');

describeCheck(ipvsScheduler, {
  'stays quiet about an algorithm in use': {
    objects: [ipvs('lc'), set, young, proxyPod('n1')],
    logs: fine,
    outcome: 'clear',
  },
  'advises that nothing set means round robin': {
    objects: [proxyConfig('mode: ipvs\n'), set, old, proxyPod('n1')],
    outcome: 'clear',
    finds: [
      'default: ConfigMap kube-proxy-worker names no IPVS algorithm, so connections are spread round robin (rr). With long-lived connections another one, such as lc, can be more even.',
    ],
    evidence: ['ipvs.scheduler: absent'],
  },
  'needs no proof for the algorithms whose modules IPVS needs anyway': {
    objects: [ipvs('wrr'), set, old, proxyPod('n1')],
    outcome: 'clear',
  },
  'finds the missing module in a log of 1.25 and older': {
    objects: [ipvs('lc'), set, young, proxyPod('n1')],
    logs: log(
      "W1 Can't use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_lc]\nI1 Using iptables Proxier.\n",
    ),
    outcome: 'found',
    finds: [
      'moduleMissing: The kernel module of the IPVS algorithm lc is missing on 1 of 1 sampled node (n1). Load ip_vs_lc there, or put ConfigMap kube-proxy-worker back.',
    ],
    evidence: ['not loaded: [ip_vs_lc]'],
  },
  'finds it in a log of 1.27 and later, on a node old enough': {
    objects: [ipvs('lc'), set, old, proxyPod('n1', { waiting: 'CrashLoopBackOff' })],
    logs: log(
      'E1 "Could not create dummy VS" err="no such file or directory" scheduler="lc"\nE1 "Error running ProxyServer" err="can\'t use the IPVS proxier: no such file or directory"\n',
    ),
    outcome: 'found',
    finds: [
      'moduleMissing: The kernel module of the IPVS algorithm lc is missing on 1 of 1 sampled node (n1). Load ip_vs_lc there, or put ConfigMap kube-proxy-worker back.',
      'mayLackModule: 1 node was created before October 2022 and may lack the kernel module ip_vs_lc. Kubernetes does not show modules: run lsmod | grep ip_vs_lc there.',
    ],
    evidence: ['Node n1, metadata.creationTimestamp: 2021-03-01T00:00:00Z'],
  },
  'does not blame the algorithm for another module': {
    objects: [ipvs('lc'), set, young, proxyPod('n1')],
    logs: log(
      "Can't use the IPVS proxier: … kernel modules are not loaded: [ip_vs_lcx nf_conntrack]\nUsing iptables Proxier\n",
    ),
    outcome: 'unknown',
    says: 'Whether lc can be used is not known: kube-proxy cannot use IPVS at all on n1 (see kube-proxy-mode)',
  },
  'finds a name the kernel does not know': {
    objects: [ipvs('leastconn'), set, young, proxyPod('n1')],
    logs: fine,
    outcome: 'found',
    finds: [
      'unknownName: ConfigMap kube-proxy-worker sets ipvs.scheduler to leastconn, an algorithm that the Linux kernel does not know; kube-proxy does not start with it.',
    ],
  },
  'finds a name that kube-proxy itself turns down before 1.27': {
    objects: [ipvs('mh'), daemonSet('kube-proxy-worker', 'x/acs/kube-proxy:v1.24.6-aliyun.1'), young],
    outcome: 'found',
    finds: [
      'unknownName: ConfigMap kube-proxy-worker sets ipvs.scheduler to mh, an algorithm that kube-proxy before 1.27 does not know; kube-proxy does not start with it.',
    ],
  },
  'advises that accelerated pods pass IPVS by': {
    objects: [
      ipvs('lc'),
      set,
      young,
      proxyPod('n1'),
      fixture('01-daemonset-terway-eniip'),
      fixture('03-configmap-eni-config-datapathv2'),
    ],
    logs: fine,
    outcome: 'clear',
    finds: [
      'bypassed: The IPVS algorithm lc does not reach pod traffic here: with DataPath V2 pods resolve Services in eBPF, past IPVS.',
    ],
  },
  'advises no other algorithm where accelerated pods pass IPVS by': {
    objects: [
      proxyConfig('mode: ipvs\n'),
      set,
      young,
      proxyPod('n1'),
      fixture('01-daemonset-terway-eniip'),
      fixture('03-configmap-eni-config-datapathv2'),
    ],
    logs: fine,
    outcome: 'clear',
  },
  'takes a pod that runs on from 1.26 for proof, where the log no longer says it': {
    objects: [ipvs('lc'), set, old, proxyPod('n1')],
    outcome: 'clear',
  },
  'says of the modules that IPVS needs anyway that kube-proxy does without IPVS': {
    objects: [ipvs('rr'), set, young, proxyPod('n1', { version: 'v1.18.8-aliyun.1' })],
    logs: log(
      "E1 can't determine whether to use ipvs proxy, error: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs ip_vs_rr ip_vs_wrr]\nI1 Using iptables Proxier.\n",
    ),
    outcome: 'found',
    finds: [
      'moduleMissing: The kernel module of the IPVS algorithm rr is missing on 1 of 1 sampled node (n1). Load ip_vs_rr there, or put ConfigMap kube-proxy-worker back.',
    ],
  },
  'offers no other algorithm where kube-proxy cannot use IPVS': {
    objects: [proxyConfig('mode: ipvs\n'), set, young, proxyPod('n1', { version: 'v1.18.8-aliyun.1' })],
    logs: log(
      "E1 can't determine whether to use ipvs proxy, error: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_rr]\nI1 Using iptables Proxier.\n",
    ),
    outcome: 'found',
    finds: [
      'moduleMissing: The kernel module of the IPVS algorithm rr is missing on 1 of 1 sampled node (n1). Load ip_vs_rr there.',
    ],
  },
  'cannot tell whether it is in use when no log says it': {
    objects: [
      ipvs('lc'),
      daemonSet('kube-proxy-worker', 'x/acs/kube-proxy:v1.25.1-aliyun.1'),
      young,
      proxyPod('n1'),
    ],
    outcome: 'unknown',
    says: 'No log says whether lc is in use (1 of 1 pod sampled)',
  },
  'cannot tell whether it is in use when logs may not be read': {
    objects: [ipvs('lc'), set, young, proxyPod('n1')],
    forbidden: ['pods/log'],
    outcome: 'unknown',
    says: 'could not be read',
  },
  'cannot tell from a name that is no text': {
    objects: [ipvs('[lc]'), set, young, proxyPod('n1')],
    logs: fine,
    outcome: 'unknown',
    says: 'must be a text',
  },
  'cannot tell from a mode that is no text': {
    objects: [proxyConfig('mode: 4\n'), set, young],
    outcome: 'unknown',
    says: 'mode must be a text',
  },
  'does not apply to iptables mode': {
    objects: [proxyConfig('mode: iptables\nipvs:\n  scheduler: lc\n'), set, young, proxyPod('n1')],
    outcome: 'not-applicable',
    says: 'iptables mode',
  },
  'cannot tell without the ConfigMap': {
    objects: [set, young],
    outcome: 'unknown',
    says: 'no key config.conf',
  },
  'cannot tell without the right to read it': {
    objects: [ipvs('lc'), set],
    forbidden: ['configmaps'],
    outcome: 'unknown',
    says: 'may not',
  },
});

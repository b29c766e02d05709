import { ipvsUdpTimeout } from '../../../src/checks/kube-proxy/ipvs-udp-timeout.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture, node } from '../../support/kube-objects.js';
import { proxyConfig } from './kube-proxy-objects.js';

const set = (version = 'v1.31.1-aliyun.1') => daemonSet('kube-proxy-worker', `x/acs/kube-proxy:${version}`);
const udp = (name: string, more: JsonObject = {}, namespace = 'shop'): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP: '172.21.0.9', ports: [{ protocol: 'UDP', port: 5353 }, { port: 80 }], ...more },
});
const dns = udp('kube-dns', {}, 'kube-system');
const low = proxyConfig('mode: ipvs\nipvs:\n  udpTimeout: 10s\n');

describeCheck(ipvsUdpTimeout, {
  'stays quiet about a lowered timeout where only DNS uses UDP': {
    objects: [low, set(), dns],
    outcome: 'clear',
  },
  'stays quiet about the real-shaped configuration': {
    objects: [fixture('09-configmap-kube-proxy-worker'), fixture('10-daemonset-kube-proxy-worker'), dns],
    outcome: 'clear',
  },
  'advises about the default, and that it can be lowered': {
    objects: [proxyConfig('mode: ipvs\n'), set(), dns],
    outcome: 'clear',
    finds: [
      'default: ConfigMap kube-proxy-worker sets no ipvs.udpTimeout, so for up to 300 s UDP packets can go to a backend that is gone: DNS, after CoreDNS restarts. No Service outside kube-system uses UDP, so it can be lowered.',
    ],
    evidence: ['ipvs.udpTimeout: absent'],
  },
  'advises about the default, and against lowering it where own Services use UDP; 0 is the default': {
    objects: [proxyConfig('mode: ipvs\nipvs:\n  udpTimeout: 0s\n'), set(), udp('voice')],
    outcome: 'clear',
    finds: [
      'default: ConfigMap kube-proxy-worker sets no ipvs.udpTimeout, so for up to 300 s UDP packets can go to a backend that is gone: DNS, after CoreDNS restarts. But 1 Service outside kube-system uses UDP: lowering it needs a ticket with Alibaba Cloud first.',
    ],
    evidence: ['Service shop/voice, spec.ports: UDP 5353, TCP 80'],
  },
  'advises no change where accelerated pods pass IPVS by': {
    objects: [
      proxyConfig('mode: ipvs\n'),
      set(),
      fixture('01-daemonset-terway-eniip'),
      fixture('03-configmap-eni-config-datapathv2'),
    ],
    outcome: 'clear',
  },
  'advises about a lowered timeout where own Services use UDP': {
    objects: [low, set(), ...Array.from({ length: 9 }, (_, index) => udp(`voice${index}`))],
    outcome: 'clear',
    finds: [
      'shortened: ConfigMap kube-proxy-worker lowers ipvs.udpTimeout to 10 s while 9 Services outside kube-system use UDP (shop/voice0, shop/voice1, shop/voice2, shop/voice3, shop/voice4, shop/voice5, shop/voice6 and 2 more); the FAQ asks for a ticket first.',
    ],
  },
  'does not count Services that IPVS does not serve': {
    objects: [low, set(), udp('headless', { clusterIP: 'None' }), udp('elsewhere', { type: 'ExternalName' })],
    outcome: 'clear',
  },
  'stays quiet about a timeout no shorter than the kernel’s': {
    objects: [proxyConfig('mode: ipvs\nipvs:\n  udpTimeout: 5m\n'), set(), udp('voice')],
    outcome: 'clear',
  },
  'advises that releases before 1.18 have no such setting': {
    objects: [proxyConfig('mode: ipvs\n'), set('v1.16.9-aliyun.1')],
    outcome: 'clear',
    finds: [
      'tooOld: kube-proxy 1.16.9 has no ipvs.udpTimeout (it came with 1.18). The timeout of 300 s can only be changed on each node, with ipvsadm --set.',
    ],
  },
  'looks at masters and workers': {
    objects: [low, proxyConfig('mode: ipvs\n', 'kube-proxy-master'), set()],
    outcome: 'clear',
    finds: [
      'default: ConfigMap kube-proxy-master sets no ipvs.udpTimeout, so for up to 300 s UDP packets can go to a backend that is gone: DNS, after CoreDNS restarts. No Service outside kube-system uses UDP, so it can be lowered.',
    ],
  },
  'cannot tell from a duration without unit': {
    objects: [proxyConfig('mode: ipvs\nipvs:\n  udpTimeout: 10\n'), set()],
    outcome: 'unknown',
    says: 'needs a unit, as in 10s',
  },
  'cannot tell from a section that is none': {
    objects: [proxyConfig('mode: ipvs\nipvs: 10s\n'), set()],
    outcome: 'unknown',
    says: 'must be a section',
  },
  'does not apply to iptables mode': {
    objects: [proxyConfig('mode: iptables\n'), set()],
    outcome: 'not-applicable',
    says: 'iptables mode',
  },
  'cannot tell without any kube-proxy': { objects: [node('n1')], outcome: 'unknown', says: 'managed one' },
  'cannot tell without the right to list Services': {
    objects: [low, set()],
    forbidden: ['services'],
    outcome: 'unknown',
    says: 'may not',
  },
});

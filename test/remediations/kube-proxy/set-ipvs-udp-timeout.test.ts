import type { JsonObject } from '../../../src/cluster/ports.js';
import { setIpvsUdpTimeout } from '../../../src/remediations/kube-proxy/set-ipvs-udp-timeout.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { CONF, managed } from './kube-proxy-objects.js';

const params = { seconds: 10 };
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy-worker' };
const udp = (namespace: string, name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: {
    ports: [
      { port: 53, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ],
  },
});

describeRemediation(setIpvsUdpTimeout, {
  scenario: 'flannel-healthy',
  params,
  diff: ['+ipvs:', '+  udpTimeout: 10s'],
  objects: [about],
});

describePlan(setIpvsUdpTimeout, {
  'does not mind the cluster’s own DNS': {
    objects: [...managed(), udp('kube-system', 'kube-dns')],
    params,
    risk: 'medium',
  },
  'refuses while Services use UDP, and names them': {
    objects: [...managed(), udp('voice', 'sip'), udp('ops', 'statsd')],
    params,
    refuses: 'voice/sip, ops/statsd',
  },
  'refuses where Services may not be read': {
    objects: managed(),
    forbidden: ['services'],
    params,
    refuses: 'may not list services',
  },
  'refuses before 1.18, with the other way': {
    objects: managed(),
    version: 'v1.16.9-aliyun.1',
    params,
    refuses: 'from Kubernetes 1.18 on',
  },
  'has nothing to do where it is set, however it is written': {
    objects: managed({ conf: `${CONF}ipvs:\n  udpTimeout: 10000ms\n` }),
    params,
    changes: [],
  },
  'refuses longer than the kernel’s own': {
    objects: managed(),
    params: { seconds: 900 },
    refuses: 'at most 300',
  },
});

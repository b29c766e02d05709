import { hostPort } from '../../../src/checks/cluster/host-port.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, host, type PodShape, pod } from '../../support/terway-objects.js';

const terway = fixture('01-daemonset-terway-eniip');
const flannel = fixture('06-daemonset-kube-flannel-ds');
const legacy = fixture('07-configmap-kube-flannel-cfg-legacy');
const current = fixture('08-configmap-kube-flannel-cfg-current');
const agent = (shape: PodShape = {}, name = 'agent-x1'): JsonObject =>
  pod(name, {
    ip: '10.0.40.2',
    owner: { kind: 'DaemonSet', name: 'agent' },
    spec: { containers: [{ name: 'agent', ports: [{ containerPort: 9100, hostPort: 9100 }] }] },
    ...shape,
  });
const runs = (owner: string, on: string): JsonObject =>
  pod(`${owner}-${on}`, {
    namespace: 'kube-system',
    node: on,
    owner: { kind: 'DaemonSet', name: owner },
    hostNetwork: true,
  });
const chain = eniConfigMap({
  data: { '10-terway.conflist': '{"plugins":[{"type":"terway"},{"type":"portmap"}]}' },
});
const ASKS = '1 pod of DaemonSet shop/agent asks for host ports 9100';
const WITHOUT = `terwayWithout: ${ASKS}, which Terway does not serve: nothing listens there. Use the pod address, a NodePort or LoadBalancer Service, or hostNetwork.`;
const replacing = daemonSet('terway-eniip', 'acs/terway:v1.15.3', {
  args: ['/bin/init.sh', '--feature-gates=KubeProxyReplacement=true'],
});
const noKubeProxy = host('n1', { labels: { 'k8s.aliyun.com/no-kube-proxy': 'true' } });

describeCheck(hostPort, {
  'stays quiet where no pod asks for a host port': {
    objects: [terway, eniConfigMap(), host('n1'), pod('web-0', { ip: '10.0.40.2' })],
    outcome: 'clear',
  },
  'skips host-network pods, whose ports are the host’s own': {
    objects: [terway, eniConfigMap(), host('n1'), agent({ hostNetwork: true })],
    outcome: 'clear',
  },
  'skips pods that ended': {
    objects: [terway, eniConfigMap(), host('n1'), agent({ phase: 'Succeeded' })],
    outcome: 'clear',
  },
  'finds host ports on Terway': {
    objects: [terway, eniConfigMap(), host('n1'), agent()],
    outcome: 'found',
    finds: [WITHOUT],
    evidence: ['Pod shop/agent-x1 on n1, ports[].hostPort: 9100', 'plugins behind Terway: none'],
  },
  'groups the pods of a workload, and keeps a bare pod apart': {
    objects: [
      terway,
      eniConfigMap(),
      host('n1'),
      agent(),
      agent({}, 'agent-x2'),
      {
        ...agent({}, 'bare'),
        metadata: { name: 'bare', namespace: 'shop' },
      },
    ],
    outcome: 'found',
    finds: [
      WITHOUT.replace('1 pod', '2 pods').replace('asks', 'ask'),
      WITHOUT.replace('DaemonSet shop/agent', 'Pod shop/bare'),
    ],
  },
  'stays quiet where portmap is chained behind Terway': {
    objects: [terway, chain, host('n1'), agent()],
    outcome: 'clear',
  },
  'finds that an old Terway does not read the chain': {
    objects: [daemonSet('terway-eniip', 'acs/terway:v1.5.5'), chain, host('n1'), agent()],
    outcome: 'found',
    finds: [
      `chainIgnored: ${ASKS}. The portmap chain is configured, but Terway 1.5.5 does not read 10-terway.conflist; 1.5.6 and later do.`,
    ],
  },
  'finds that the chain does not run on exclusive ENI nodes': {
    objects: [
      terway,
      chain,
      host('n1', { labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' } }),
      host('n2'),
      agent(),
      agent({ node: 'n2' }, 'agent-x2'),
    ],
    outcome: 'found',
    finds: [
      `notOnExclusive: ${ASKS} on exclusive ENI nodes, where no CNI chain runs: nothing listens there.`,
    ],
  },
  'goes by the mode that runs on each node, not by its label alone': {
    objects: [
      terway,
      daemonSet('terway-eni', 'acs/terway:v1.15.3'),
      chain,
      host('n1'),
      host('n2'),
      host('n3', {
        labels: { 'k8s.aliyun.com/exclusive-mode-eni-type': 'eniOnly' },
        allocatable: { 'aliyun/member-eni': '10' },
      }),
      runs('terway-eni', 'n1'),
      runs('terway-eniip', 'n2'),
      runs('terway-eniip', 'n3'),
      agent(),
      agent({ node: 'n2' }, 'agent-x2'),
      agent({ node: 'n3' }, 'agent-x3'),
    ],
    outcome: 'found',
    finds: [
      `notOnExclusive: ${ASKS} on exclusive ENI nodes, where no CNI chain runs: nothing listens there.`,
    ],
    evidence: ['Pod shop/agent-x1 on n1'],
  },
  'advises that the kube-proxy replacement serves them unofficially': {
    objects: [replacing, fixture('03-configmap-eni-config-datapathv2'), noKubeProxy, agent()],
    outcome: 'clear',
    finds: [
      'unofficial: 1 pod of DaemonSet shop/agent uses host ports 9100 served by the kube-proxy replacement of DataPath V2, which ACK does not officially support.',
    ],
    evidence: ['KubeProxyReplacement=true'],
  },
  'does not count on the replacement where kube-proxy still runs': {
    objects: [replacing, fixture('03-configmap-eni-config-datapathv2'), host('n1'), agent()],
    outcome: 'found',
    finds: [WITHOUT],
  },
  'cannot tell from a chain that does not parse': {
    objects: [terway, eniConfigMap({ data: { '10-terway.conflist': '{"plugins":' } }), host('n1'), agent()],
    outcome: 'unknown',
    says: '10-terway.conflist',
  },
  'cannot tell without the Terway config': {
    objects: [terway, host('n1'), agent()],
    outcome: 'unknown',
    says: '10-terway.conf',
  },
  'stays quiet on Flannel with portmap': {
    objects: [flannel, current, host('n1'), agent()],
    outcome: 'clear',
  },
  'finds host ports on Flannel without portmap': {
    objects: [flannel, legacy, host('n1'), agent()],
    outcome: 'found',
    finds: [`flannelWithout: ${ASKS}, but kube-flannel-cfg has no portmap plugin: nothing listens there.`],
    evidence: ['data["cni-conf.json"]'],
  },
  'cannot tell from a Flannel config that does not parse': {
    objects: [flannel, configMap('kube-flannel-cfg', { 'cni-conf.json': '{' }), host('n1'), agent()],
    outcome: 'unknown',
    says: 'kube-flannel-cfg',
  },
  'cannot tell without the Flannel config': {
    objects: [flannel, host('n1'), agent()],
    outcome: 'unknown',
    says: 'kube-flannel-cfg',
  },
  'cannot tell where both plugins run': {
    objects: [terway, flannel, eniConfigMap(), current, host('n1'), agent()],
    outcome: 'unknown',
    says: 'terway+flannel',
  },
  'cannot tell when pods may not be listed': {
    objects: [terway, eniConfigMap()],
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'pods',
  },
  'does not apply where neither plugin runs': { objects: [host('n1')], outcome: 'not-applicable' },
});

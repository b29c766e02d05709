import { clusterDomain } from '../../../src/checks/cluster/cluster-domain.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { configMap, node } from '../../support/kube-objects.js';

const corefile = (domain: string, more = ''): JsonObject =>
  configMap('coredns', {
    Corefile: `.:53 {
    errors
    kubernetes ${domain} in-addr.arpa ip6.arpa {
      pods verified
    }
    forward . /etc/resolv.conf
    cache 30
}
${more}`,
  });

describeCheck(clusterDomain, {
  'stays quiet about the default domain with the root forwarded': {
    objects: [corefile('cluster.local'), node('n')],
    outcome: 'clear',
  },
  'stays quiet about forwarded zones apart from it': {
    objects: [corefile('cluster.local', 'corp.example:53 {\n  forward . 10.1.1.1\n}\n')],
    outcome: 'clear',
  },
  'finds a forwarded zone that contains the cluster domain': {
    objects: [corefile('k8s.corp.example', 'corp.example.:53 {\n  forward . 10.1.1.1\n}\n')],
    outcome: 'found',
    finds: [
      'forwarded: CoreDNS forwards the zone corp.example, which overlaps the cluster domain k8s.corp.example: names in it resolve to one side or the other.',
    ],
    evidence: ['corp.example.:53 {'],
  },
  'reads every zone of the plugin, and of every plugin': {
    objects: [
      corefile(
        'cluster.local mesh.corp.example',
        'old.example:53 {\n  kubernetes old.example\n}\ncorp.example:53 {\n  forward . 10.1.1.1\n}\nsub.old.example:53 {\n  forward . 10.1.1.1\n}\n',
      ),
    ],
    outcome: 'found',
    finds: [
      'forwarded: CoreDNS forwards the zone corp.example, which overlaps the cluster domain mesh.corp.example: names in it resolve to one side or the other.',
      'forwarded: CoreDNS forwards the zone sub.old.example, which overlaps the cluster domain old.example: names in it resolve to one side or the other.',
    ],
  },
  'leaves a reverse zone that another server answers alone': {
    objects: [corefile('cluster.local', '10.in-addr.arpa:53 {\n  forward . 10.1.1.1\n}\n')],
    outcome: 'clear',
  },
  'finds a Corefile without the kubernetes plugin': {
    objects: [configMap('coredns', { Corefile: '.:53 {\n  forward . /etc/resolv.conf\n}\n' })],
    outcome: 'found',
    finds: ['none: The Corefile has no kubernetes plugin, so CoreDNS answers no Service names.'],
  },
  'ignores what is commented out': {
    objects: [corefile('cluster.local', '# cluster.local:53 {\n#  forward . 10.1.1.1\n# }\n')],
    outcome: 'clear',
  },
  'cannot tell where the zone stands elsewhere': {
    objects: [configMap('coredns', { Corefile: 'k8s.example:53 {\n  kubernetes {\n  }\n}\n' })],
    outcome: 'unknown',
    says: 'the cluster domain is not readable',
  },
  'cannot tell what an imported file holds': {
    objects: [configMap('coredns', { Corefile: '.:53 {\n  import /etc/coredns/custom/*.conf\n}\n' })],
    outcome: 'unknown',
  },
  'cannot tell without the Corefile': {
    objects: [configMap('coredns', {})],
    outcome: 'unknown',
    says: 'no key Corefile',
  },
});

import { enableInClusterLoadBalancing } from '../../../src/remediations/terway/enable-in-cluster-load-balancing.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { terway } from './terway-objects.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'eni-config' };

describeRemediation(enableInClusterLoadBalancing, {
  scenario: 'terway-exhausted',
  diff: ['+data.in_cluster_loadbalance: "true"'],
  warns: ['also stands inside eni_conf'],
  says: 'enable-in-cluster-loadbalance=true',
  saysWithoutLogs: 'proof not readable',
  objects: [about],
});

describePlan(enableInClusterLoadBalancing, {
  'sets the top-level key on DataPath V2 too': {
    objects: terway({ type: 'datapathv2' }),
    changes: ['set ConfigMap/eni-config', 'roll-pods DaemonSet/terway-eniip'],
  },
  'has nothing to do where it is on': {
    objects: terway({ type: 'IPVlan', data: { in_cluster_loadbalance: 'true' } }),
    changes: [],
  },
  'refuses without acceleration': { objects: terway(), refuses: 'has no effect' },
  'refuses in exclusive mode': {
    objects: terway({ type: 'IPVlan', daemonSetName: 'terway-eni' }),
    refuses: 'has no effect',
  },
  'refuses an older Terway': {
    objects: terway({ type: 'IPVlan', image: 'acs/terway:v1.0.10.333-gfd2b7b8-aliyun' }),
    refuses: 'needs Terway 1.2.0',
  },
  'refuses a Terway whose image tells no version': {
    objects: terway({ type: 'IPVlan', image: 'acs/terway:latest' }),
    refuses: 'tells no version',
  },
});

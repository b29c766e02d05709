import { setKubeProxyConntrack } from '../../../src/remediations/kube-proxy/set-kube-proxy-conntrack.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { configMap, daemonSet } from '../../support/kube-objects.js';
import { CONF, dedicated, managed } from './kube-proxy-objects.js';

const params = { maxPerCore: 131_072 };
const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy-worker' };
const terway = (type: string) => [
  ...managed().slice(1),
  daemonSet('terway-eniip', 'acs/terway:v1.15.3'),
  configMap('eni-config', { eni_conf: '{}', '10-terway.conf': `{"type":"terway"${type}}` }),
];

describeRemediation(setKubeProxyConntrack, {
  scenario: 'flannel-healthy',
  params,
  finding: { id: 'conntrack-limit.full', check: 'conntrack-limit', about },
  diff: ['-  maxPerCore: 65536', '+  maxPerCore: 131072'],
  warns: ['kernel memory'],
  ends: 'unproven',
  objects: [about],
});

describePlan(setKubeProxyConntrack, {
  'edits the worker’s config and restarts it on a managed cluster': {
    objects: managed(),
    params,
    changes: ['edit-document ConfigMap/kube-proxy-worker', 'roll-pods DaemonSet/kube-proxy-worker'],
  },
  'edits both configs on a dedicated cluster': {
    objects: dedicated(),
    params,
    changes: [
      'edit-document ConfigMap/kube-proxy-worker',
      'edit-document ConfigMap/kube-proxy-master',
      'roll-pods DaemonSet/kube-proxy-worker',
      'roll-pods DaemonSet/kube-proxy-master',
    ],
  },
  'leaves the one alone that has the value': {
    objects: dedicated({ masterConf: CONF.replace('65536', '131072') }),
    params,
    changes: ['edit-document ConfigMap/kube-proxy-worker', 'roll-pods DaemonSet/kube-proxy-worker'],
  },
  'has nothing to do where the value is set': {
    objects: managed({ conf: CONF.replace('65536', '131072') }),
    params,
    changes: [],
  },
  'goes on where Terway runs without acceleration': { objects: terway(''), params, changes: expectTwo() },
  'refuses on DataPath V2': {
    objects: terway(',"eniip_virtual_type":"datapathv2"'),
    params,
    refuses: 'DataPath V2',
  },
  'refuses on IPvlan, however it is written': {
    objects: terway(',"eniip_virtual_type":"IPVlan"'),
    params,
    refuses: 'IPvlan',
  },
  'refuses where the data path cannot be read': {
    objects: [...managed().slice(1), daemonSet('terway-eniip', 'acs/terway:v1.15.3')],
    params,
    refuses: 'could not be read',
  },
  'refuses a value that conntrack.min outweighs': {
    objects: managed({ cpu: '1' }),
    params: { maxPerCore: 100_000 },
    refuses: 'raises the limit on no node',
  },
  'refuses a lower value': {
    objects: managed(),
    params: { maxPerCore: 40_000 },
    refuses: 'would lower the limit',
  },
  'refuses where the kernel’s own limit holds': {
    objects: managed({ conf: CONF.replace('65536', '0') }),
    params,
    refuses: 'maxPerCore 0',
  },
  'refuses to restart on a config that does not parse': {
    objects: managed({ conf: `${CONF}\n  broken: :` }),
    params,
    refuses: 'would stop every kube-proxy',
  },
  'refuses to restart on a gate that this version does not know any more': {
    objects: managed({ conf: `${CONF}featureGates:\n  IPv6DualStack: true\n` }),
    params,
    refuses: 'IPv6DualStack',
  },
  'refuses where kube-proxy is not readable': {
    objects: managed().filter(
      ({ kind, metadata }) =>
        kind !== 'ConfigMap' || (metadata as { name: string }).name !== 'kube-proxy-worker',
    ),
    params,
    refuses: 'is not readable in this cluster',
  },
  'refuses half a dedicated cluster': {
    objects: dedicated().filter(
      ({ metadata }) => (metadata as { name: string }).name !== 'kube-proxy-master',
    ),
    params,
    refuses: 'kube-proxy-master',
  },
  'refuses where the kind of cluster is not known': {
    objects: managed(),
    forbidden: ['nodes'],
    params,
    refuses: 'managed or dedicated',
  },
  'refuses a value that is no whole number': {
    objects: managed(),
    params: { maxPerCore: 1.5 },
    refuses: 'maxPerCore',
  },
  'refuses to guess the value': { objects: managed(), params: {}, refuses: 'maxPerCore' },
});

function expectTwo(): readonly string[] {
  return ['edit-document ConfigMap/kube-proxy-worker', 'roll-pods DaemonSet/kube-proxy-worker'];
}

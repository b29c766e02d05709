import { dualStackServices } from '../../../src/checks/ipv6/dual-stack-services.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { BOTH, dualCluster, flannelCluster, service, singleCluster, V4 } from './dual-stack-objects.js';

const base = [...dualCluster(), node('n1')];
const dual = service('web', { ...BOTH, ipFamilyPolicy: 'PreferDualStack' });

describeCheck(dualStackServices, {
  'stays quiet about Services with both': { objects: [...base, dual], outcome: 'clear' },
  'leaves the cluster’s own Services and ExternalNames alone': {
    objects: [
      ...base,
      dual,
      service('kubernetes', { ...V4, ipFamilyPolicy: 'SingleStack' }, 'default'),
      service('kube-dns', { ...V4, ipFamilyPolicy: 'SingleStack' }, 'kube-system'),
      service('elsewhere', { type: 'ExternalName', externalName: 'example.com' }),
    ],
    outcome: 'clear',
  },
  'leaves headless Services with endpoints by hand alone': {
    objects: [
      ...base,
      dual,
      service('manual', { clusterIP: 'None', clusterIPs: ['None'], ipFamilies: ['IPv4'], selector: {} }),
    ],
    outcome: 'clear',
  },
  'advises about each single-stack Service, and a headless one': {
    objects: [
      ...base,
      service('web', { ...V4, ipFamilyPolicy: 'SingleStack' }),
      service('db', { clusterIP: 'None', clusterIPs: ['None'], ipFamilies: ['IPv4'] }),
    ],
    outcome: 'clear',
    finds: [
      'singleStack: Service shop/web is IPv4 only (SingleStack): it has no IPv6 cluster IP. Pods behind it may well have IPv6 addresses.',
      'singleStack: Service shop/db is IPv4 only (no ipFamilyPolicy): DNS answers with no IPv6 address. Pods behind it may well have IPv6 addresses.',
    ],
    evidence: ['Service shop/web, spec: ipFamilyPolicy SingleStack, ipFamilies IPv4, clusterIPs 172.21.0.9'],
  },
  'counts what goes beyond twenty': {
    objects: [...base, ...Array.from({ length: 23 }, (_, index) => service(`s${index}`, V4))],
    outcome: 'clear',
    finds: [
      ...Array.from(
        { length: 20 },
        (_, index) =>
          `singleStack: Service shop/s${index} is IPv4 only (no ipFamilyPolicy): it has no IPv6 cluster IP. Pods behind it may well have IPv6 addresses.`,
      ),
      'manySingleStack: 3 further Services are IPv4 only, as is usual where nothing else was asked for; they have no IPv6 cluster IP.',
    ],
  },
  'finds a Service that asked for both and got one': {
    objects: [...base, service('web', { ...V4, ipFamilyPolicy: 'PreferDualStack' })],
    outcome: 'found',
    finds: [
      'unmet: Service shop/web asks for both families (ipFamilyPolicy PreferDualStack) but has only IPv4: it was not given an IPv6 address.',
    ],
  },
  'reads the real-shaped Service': {
    objects: [...base, fixture('20-service-singlestack')],
    outcome: 'clear',
    finds: [
      'singleStack: Service shop/api is IPv4 only (SingleStack): it has no IPv6 cluster IP. Pods behind it may well have IPv6 addresses.',
    ],
  },
  'stays quiet about a Service of IPv6 alone': {
    objects: [
      ...base,
      service('six', {
        clusterIP: 'fd00::6',
        clusterIPs: ['fd00::6'],
        ipFamilies: ['IPv6'],
        ipFamilyPolicy: 'SingleStack',
      }),
    ],
    outcome: 'clear',
  },
  'cannot tell from a Service that says nothing about its addresses': {
    objects: [...base, dual, service('odd', { clusterIPs: 'many' })],
    outcome: 'unknown',
    says: '1 Service tells neither addresses nor families: shop/odd',
  },
  'cannot tell without Services': { objects: base, outcome: 'unknown', says: 'no Services' },
  'cannot tell without the right to list them': {
    objects: base,
    forbidden: ['services'],
    outcome: 'unknown',
    says: 'may not',
  },
  'does not apply to a single-stack cluster': {
    objects: [...singleCluster, node('n1')],
    outcome: 'not-applicable',
  },
  'does not apply to Flannel': { objects: [...flannelCluster, node('n1')], outcome: 'not-applicable' },
});

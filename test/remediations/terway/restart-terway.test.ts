import { restartTerway } from '../../../src/remediations/terway/restart-terway.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { daemonPod, writtenAt } from '../plan-objects.js';
import { type TerwayCluster, terway } from './terway-objects.js';

const edited = (time: string, shape: TerwayCluster = {}) =>
  terway(shape).map((object) => (object.kind === 'ConfigMap' ? writtenAt(object, time) : object));

describeRemediation(restartTerway, { scenario: 'terway-exhausted', diff: [], undated: { ends: 'fixed' } });

describePlan(restartTerway, {
  'restarts pods older than eni-config': {
    objects: [...edited('2026-11-01T00:00:00Z'), daemonPod('terway-eniip', 'n1')],
    changes: ['roll-pods DaemonSet/terway-eniip'],
    risk: 'medium',
  },
  'restarts a broken one only': {
    objects: [
      ...edited('2026-09-01T00:00:00Z'),
      daemonPod('terway-eniip', 'n1'),
      daemonPod('terway-eniip', 'n2', { ready: false }),
    ],
    nodes: ['n2'],
  },
  'cannot call it nothing to do where the API server does not date every write': {
    objects: [...edited('2026-09-01T00:00:00Z'), daemonPod('terway-eniip', 'n1')],
    version: 'v1.22.3-aliyun.1',
    refuses: 'eni-config may have been changed',
    hints: '/acknet fix restart-terway cluster-x everyPod=true',
  },
  'restarts every pod where it is told to, and says so': {
    objects: [...edited('2026-09-01T00:00:00Z'), daemonPod('terway-eniip', 'n1')],
    params: { everyPod: true },
    changes: ['roll-pods DaemonSet/terway-eniip'],
    nodes: [],
    warns: ['pods that look up to date restart too'],
  },
  'has nothing to do where all run the present config': {
    objects: [...edited('2026-09-01T00:00:00Z'), daemonPod('terway-eniip', 'n1')],
    changes: [],
  },
  'says that a restart moves IPvlan to DataPath V2': {
    objects: [
      ...edited('2026-11-01T00:00:00Z', { type: 'IPvlan', image: 'acs/terway:v1.13.2' }),
      daemonPod('terway-eniip', 'n1'),
    ],
    risk: 'high',
    warns: ['DataPath V2'],
  },
  'refuses while the config would stop new pods': {
    objects: [...edited('2026-11-01T00:00:00Z', { eniConf: 'oops' }), daemonPod('terway-eniip', 'n1')],
    refuses: 'could not start',
  },
});

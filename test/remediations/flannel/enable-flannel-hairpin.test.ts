import { enableFlannelHairpin } from '../../../src/remediations/flannel/enable-flannel-hairpin.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { workloadPod } from '../plan-objects.js';
import { flannel, LEGACY, moved, ON_TMPFS } from './flannel-objects.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const changes = ['edit-document ConfigMap/kube-flannel-cfg', 'roll-pods DaemonSet/kube-flannel-ds'];

describeRemediation(enableFlannelHairpin, {
  scenario: 'flannel-healthy',
  edits: [{ ref: about, merge: () => ({ data: { 'cni-conf.json': LEGACY } }) }],
  finding: { id: 'flannel-hairpin.off', check: 'flannel-hairpin', about },
  diff: [
    `-${LEGACY}`,
    `+${LEGACY.replace('"isDefaultGateway":true', '"isDefaultGateway":true,"hairpinMode":true')}`,
  ],
  warns: ['keep the old setting until they are recreated', 'shop/'],
  objects: [about],
});

describePlan(enableFlannelHairpin, {
  'takes an undated write for a moved store, until someone compared it': {
    objects: flannel({ config: ON_TMPFS }),
    version: 'v1.22.3-aliyun.1',
    refuses: 'may have been changed after 2 of 2 Flannel pods started',
    hints: '/acknet fix enable-flannel-hairpin cluster-x storeUnchanged=true',
  },
  'goes on where someone compared the store': {
    objects: flannel({ config: ON_TMPFS }),
    version: 'v1.22.3-aliyun.1',
    params: { storeUnchanged: true },
    changes,
  },
  'lists the workloads that keep the old setting': {
    objects: [...flannel(), workloadPod('web', 'n1'), workloadPod('lone', 'n2', { bare: true })],
    changes,
    warns: ['shop/lone (1), shop/web-set (1)'],
  },
  'sets it in the plugin of a list': { objects: flannel({ config: ON_TMPFS }), changes },
  'has nothing to do where it is on': {
    objects: flannel({ config: LEGACY.replace('true', 'true,"hairpinMode":true') }),
    changes: [],
  },
  'refuses an older Flannel, even one pod of it': {
    objects: [...flannel(), ...flannel({ image: 'acs/flannel:v0.13.0.1-466064b-aliyun' }).slice(-1)],
    refuses: 'Here 0.13.0.1 still runs',
  },
  'refuses where the version cannot be told': {
    objects: flannel({ image: 'acs/flannel:latest' }),
    refuses: 'could not be read from its pods',
  },
  'refuses while nodes still use another address store': {
    objects: flannel({ config: ON_TMPFS, annotations: moved({ n1: 'aaaaaaaa' }) }),
    refuses: '1 of 2 nodes still uses the old one: n1',
  },
  'refuses a broken config': { objects: flannel({ config: '{' }), refuses: 'not a JSON object' },
  'refuses a chain without Flannel': {
    objects: flannel({ config: '{"plugins":[{"type":"bridge"}]}' }),
    refuses: 'none of type flannel',
  },
});

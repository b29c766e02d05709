import { expect } from '@jest/globals';
import { moveFlannelAddressStore } from '../../../src/remediations/flannel/move-flannel-address-store.js';
import { describePlan } from '../../support/describe-plan.js';
import { describeRemediation } from '../../support/describe-remediation.js';
import { flannel, LEGACY, ON_TMPFS } from './flannel-objects.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };
const changes = ['edit-document ConfigMap/kube-flannel-cfg', 'set ConfigMap/kube-flannel-cfg'];
const MOVED = LEGACY.replace(
  '"delegate":{"isDefaultGateway":true}',
  '"delegate":{"isDefaultGateway":true},"dataDir":"/var/run/cni/flannel","ipam":{"type":"host-local","dataDir":"/var/run/cni/networks"}',
);

describeRemediation(moveFlannelAddressStore, {
  scenario: 'flannel-healthy',
  edits: [{ ref: about, merge: () => ({ data: { 'cni-conf.json': LEGACY } }) }],
  finding: { id: 'flannel-address-leak.mayLeak', check: 'flannel-address-leak', about },
  diff: [
    `-${LEGACY}`,
    `+${MOVED}`,
    expect.stringContaining('+metadata.annotations.acknet.dev/flannel-store-moved') as unknown as string,
  ],
  warns: ['the new one starts empty', 'reboot it'],
  ends: 'unproven',
  says: 'In effect on 0 of',
  objects: [about],
});

describePlan(moveFlannelAddressStore, {
  'writes the config and which boots used the old store, and restarts nothing': {
    objects: flannel(),
    changes,
    risk: 'high',
  },
  'keeps other settings of ipam': {
    objects: flannel({
      config:
        '{"cniVersion":"0.3.1","plugins":[{"type":"flannel","ipam":{"type":"host-local","routes":[]}}]}',
    }),
    changes,
  },
  'has nothing to do where the store is under /var/run': {
    objects: flannel({ config: ON_TMPFS }),
    changes: [],
  },
  'refuses a Flannel that cannot do it': {
    objects: flannel({ image: 'acs/flannel:v0.15.1.8-aaaaaaa-aliyun' }),
    refuses: 'from 0.15.1.11 on',
  },
  'refuses another way of giving out addresses': {
    objects: flannel({ config: '{"type":"flannel","ipam":{"type":"whereabouts"}}' }),
    refuses: 'not from host-local',
  },
});

import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.js';
import { describeRemediation } from '../../support/describe-remediation.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' };

describeRemediation(addFlannelCniVersion, {
  scenario: 'flannel-broken',
  finding: { id: 'flannel-cni-version.missing', check: 'flannel-cni-version', about },
  diff: ['+  "cniVersion": "0.3.0",'],
  says: '5 of 5 nodes are Ready',
  objects: [about],
});

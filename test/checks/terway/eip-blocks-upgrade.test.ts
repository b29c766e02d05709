import { eipBlocksUpgrade } from '../../../src/checks/terway/eip-blocks-upgrade.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { count } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { daemonSet, fixture } from '../../support/kube-objects.js';
import { eniConfigMap, pod } from '../../support/terway-objects.js';

const old = daemonSet('terway-eniip', 'acs/terway:v1.6.3');
const withEip = pod('web-0', { ip: '10.0.40.2', annotations: { 'k8s.aliyun.com/pod-with-eip': 'true' } });
const podEip: JsonObject = {
  apiVersion: 'alibabacloud.com/v1beta1',
  kind: 'PodEIP',
  metadata: { name: 'web-0', namespace: 'shop' },
};
const on = eniConfigMap({ daemon: { enable_eip_pool: 'true' } });
const enabled = (pods: number, migrated: number | string): string =>
  `enabled: Terway's EIP feature is switched on (enable_eip_pool): an upgrade to 1.7.0 or later fails with "eip pool is not supported". ${count(pods, 'pod asks', 'pods ask')} for an EIP, ${migrated} are migrated. Migrate to ack-extend-network-controller first.`;

describeCheck(eipBlocksUpgrade, {
  'stays quiet where the feature is not set': { objects: [old, eniConfigMap()], outcome: 'clear' },
  'stays quiet where it is switched off': {
    objects: [old, eniConfigMap({ daemon: { enable_eip_pool: 'false' } })],
    outcome: 'clear',
  },
  'takes no pod annotation for the old feature: the new controller uses it too': {
    objects: [old, eniConfigMap(), withEip],
    outcome: 'clear',
  },
  'finds the feature switched on, as a text': {
    objects: [old, fixture('04-configmap-eni-config-ipvlan-eip')],
    outcome: 'found',
    finds: [enabled(0, 0)],
    evidence: ['data["eni_conf"].enable_eip_pool: "true"', 'podeips.alibabacloud.com: none'],
  },
  'finds it switched on as a boolean, and counts pods': {
    objects: [old, eniConfigMap({ daemon: { enable_eip_pool: true } }), withEip],
    outcome: 'found',
    finds: [enabled(1, 0)],
    evidence: ['annotation k8s.aliyun.com/pod-with-eip: shop/web-0'],
  },
  'advises while the migration runs': {
    objects: [
      old,
      eniConfigMap({ daemon: { enable_eip_pool: 'true', enable_eip_migrate: true } }),
      withEip,
      podEip,
    ],
    outcome: 'clear',
    finds: [
      'migrating: The migration of EIPs is switched on (enable_eip_migrate): 1 of 1 pod that asks for an EIP has a PodEIP object. Upgrade Terway once all have one.',
    ],
  },
  'advises to remove a setting that this Terway no longer knows': {
    objects: [fixture('01-daemonset-terway-eniip'), on],
    outcome: 'clear',
    finds: [
      'leftOver: enable_eip_pool is still set although Terway 1.15.3 has no EIP feature any more: a further upgrade may be refused for it.',
    ],
  },
  'finds it on a Terway of unknown version': {
    objects: [daemonSet('terway-eniip', 'acs/terway:latest'), on],
    outcome: 'found',
    finds: [enabled(0, 0)],
  },
  'says what it could not count': {
    objects: [old, on, withEip],
    forbidden: ['podeips'],
    outcome: 'found',
    finds: [enabled(1, 'an unknown number')],
    says: 'How many EIPs are migrated could not be read',
  },
  'does not need that count where the feature is off': {
    objects: [old, eniConfigMap()],
    forbidden: ['podeips'],
    outcome: 'clear',
  },
  'cannot tell without the ConfigMap': { objects: [old], outcome: 'unknown', says: 'eni-config' },
  'cannot tell from an eni_conf that does not parse': {
    objects: [old, eniConfigMap({ data: { eni_conf: '{"enable_eip_pool":"true"' } })],
    outcome: 'unknown',
    says: 'not a JSON object',
  },
  'cannot tell when pods may not be listed': {
    objects: [old, on],
    forbidden: ['pods'],
    outcome: 'unknown',
    says: 'pods',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});

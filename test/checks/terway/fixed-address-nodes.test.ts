import { fixedAddressNodes } from '../../../src/checks/terway/fixed-address-nodes.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import {
  eniConfigMap,
  type HostShape,
  host,
  type InterfaceShape,
  overrideMap,
  terwayNode,
  terwayPod,
} from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const NAME = 'eni-config-fixed';
const labelled = (name: string, more: HostShape = {}): JsonObject =>
  host(name, {
    labels: { 'terway-config': NAME },
    taints: [{ key: 'fixed', value: 'true', effect: 'NoSchedule' }],
    ...more,
  });
const override = (eniConf: string, writtenAt?: string): JsonObject =>
  overrideMap(NAME, { data: { eni_conf: eniConf }, ...(writtenAt !== undefined && { writtenAt }) });
const fixed = override('{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}', '2026-11-19T00:00:00Z');
const resource = (
  name: string,
  options: readonly string[],
  interfaces: readonly InterfaceShape[],
): JsonObject => terwayNode(name, { options, interfaces });
const working = resource('n1', ['vsw-fixed'], [{ vSwitch: 'vsw-fixed' }]);
const base = [set, eniConfigMap(), terwayPod('n1')];
const HIDDEN = 'really used on 1 of 1 labelled node is shown only with ipam_type crd';

describeCheck(fixedAddressNodes, {
  'stays quiet where labelled nodes work with their own vSwitch': {
    objects: [...base, labelled('n1'), fixed, working],
    outcome: 'clear',
  },
  'cannot tell what labelled nodes run where the API server does not date every write': {
    objects: [...base, labelled('n1'), fixed, working],
    version: 'v1.22.3-aliyun.1',
    outcome: 'unknown',
    says: 'eni-config-fixed may have been changed after',
  },
  'stays quiet about the ENI of a single pod': {
    objects: [
      ...base,
      labelled('n1'),
      fixed,
      resource('n1', ['vsw-fixed'], [{ vSwitch: 'vsw-fixed' }, { vSwitch: 'vsw-db', type: 'Member' }]),
    ],
    outcome: 'clear',
  },
  'has nothing to say without labelled nodes': {
    objects: [...base, host('n1'), fixed],
    outcome: 'not-applicable',
    says: 'No node carries the label terway-config',
  },
  'finds a ConfigMap that does not exist, which Terway does not report': {
    objects: [...base, labelled('n1')],
    outcome: 'found',
    finds: [
      'configMissing: 1 node is labelled terway-config=eni-config-fixed, but that ConfigMap does not exist in kube-system: Terway there silently uses the vSwitches of the whole cluster.',
    ],
    evidence: ['Nodes, label terway-config=eni-config-fixed: n1', 'not found'],
    says: HIDDEN,
  },
  'finds a ConfigMap that does not parse': {
    objects: [...base, labelled('n1'), override('{"vswitches":'), working],
    outcome: 'found',
    finds: [
      'configUnreadable: ConfigMap eni-config-fixed has no eni_conf that is a JSON object, so its 1 node uses the vSwitches of the whole cluster.',
    ],
  },
  'finds a ConfigMap without eni_conf': {
    objects: [...base, labelled('n1'), overrideMap(NAME, { data: { other: 'x' } }), working],
    outcome: 'found',
    finds: [
      'configUnreadable: ConfigMap eni-config-fixed has no eni_conf that is a JSON object, so its 1 node uses the vSwitches of the whole cluster.',
    ],
    evidence: ['key absent'],
  },
  'finds a zone that the ConfigMap does not name': {
    objects: [
      ...base,
      labelled('n1', { zone: 'cn-hangzhou-k' }),
      fixed,
      resource('n1', ['vsw-k'], [{ vSwitch: 'vsw-k' }]),
    ],
    outcome: 'found',
    finds: [
      'zoneMissing: ConfigMap eni-config-fixed names no vSwitch for zone cn-hangzhou-k, so its 1 node there uses the vSwitches of the whole cluster.',
    ],
    evidence: ['data["eni_conf"].vswitches: {"cn-hangzhou-i":["vsw-fixed"]}'],
  },
  'finds a zone whose list is empty, or no list': {
    objects: [...base, labelled('n1'), override('{"vswitches":{"cn-hangzhou-i":"vsw-fixed"}}'), working],
    outcome: 'found',
    finds: [
      'zoneMissing: ConfigMap eni-config-fixed names no vSwitch for zone cn-hangzhou-i, so its 1 node there uses the vSwitches of the whole cluster.',
    ],
  },
  'finds Terway pods that started before the ConfigMap was written': {
    objects: [
      ...base,
      labelled('n1'),
      override('{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}', '2026-11-24T01:00:00Z'),
      working,
    ],
    outcome: 'found',
    finds: [
      'notRestarted: On 1 node Terway started before ConfigMap eni-config-fixed was last written, so what was changed is not in effect there: n1.',
    ],
    evidence: ['status.startTime: 2026-11-20T00:00:00Z', 'newest time: 2026-11-24T01:00:00Z'],
  },
  'compares only Terway pods of the labelled nodes': {
    objects: [
      ...base,
      labelled('n2'),
      host('n1'),
      override('{"vswitches":{"cn-hangzhou-i":["vsw-fixed"]}}', '2026-11-24T01:00:00Z'),
      terwayPod('n2', { startTime: '2026-11-24T02:00:00Z' }),
      resource('n2', ['vsw-fixed'], [{ vSwitch: 'vsw-fixed' }]),
    ],
    outcome: 'clear',
  },
  'finds a node that works with other vSwitches': {
    objects: [...base, labelled('n1'), fixed, resource('n1', ['vsw-a'], [{ vSwitch: 'vsw-a' }])],
    outcome: 'found',
    finds: [
      'notApplied: 1 node labelled for ConfigMap eni-config-fixed works with other vSwitches than it names: n1. Restart Terway there.',
    ],
    evidence: ['spec.eni.vSwitchOptions: vsw-a; wanted: vsw-fixed'],
  },
  'finds ENIs that are older than the label': {
    objects: [
      ...base,
      labelled('n1'),
      fixed,
      resource('n1', ['vsw-fixed'], [{ vSwitch: 'vsw-fixed' }, { vSwitch: 'vsw-a' }]),
    ],
    outcome: 'found',
    finds: [
      'oldInterfaces: 1 node labelled for ConfigMap eni-config-fixed has ENIs on other vSwitches, made before the label: the pods there can get addresses outside the allow list. Rotate n1.',
    ],
    evidence: ['eni-n1-1 on vsw-a; wanted: vsw-fixed'],
  },
  'advises to keep other pods away': {
    objects: [
      ...base,
      labelled('n1', { taints: [{ key: 'x', effect: 'PreferNoSchedule' }] }),
      fixed,
      working,
    ],
    outcome: 'clear',
    finds: [
      'noTaint: 1 node labelled for ConfigMap eni-config-fixed has no taint, so pods that need no fixed range can take its addresses: n1.',
    ],
  },
  'advises that the vSwitch is not for these nodes alone': {
    objects: [
      ...base,
      labelled('n1'),
      override('{"vswitches":{"cn-hangzhou-i":["vsw-a"]}}', '2026-11-19T00:00:00Z'),
      resource('n1', ['vsw-a'], [{ vSwitch: 'vsw-a' }]),
    ],
    outcome: 'clear',
    finds: [
      'shared: vSwitch vsw-a of ConfigMap eni-config-fixed is also one of the whole cluster: an allow list for it admits every pod that gets an address there.',
    ],
  },
  'advises on a vSwitch that is small for its pods': {
    objects: [
      ...base,
      labelled('n1'),
      fixed,
      resource(
        'n1',
        ['vsw-fixed'],
        [
          {
            vSwitch: 'vsw-fixed',
            cidr: '10.2.1.0/28',
            addresses: Object.fromEntries(
              Array.from({ length: 7 }, (_, index) => [`10.2.1.${index + 1}`, `shop/db-${index}`]),
            ),
          },
        ],
      ),
    ],
    outcome: 'clear',
    finds: [
      'tight: vSwitch vsw-fixed (10.2.1.0/28) holds 12 addresses for 7 pods; twice the number of pods is advised, so that slow reclaims do not stop new ones.',
    ],
  },
  'cannot tell what nodes use without Terway node resources': {
    objects: [...base, labelled('n1'), fixed],
    outcome: 'unknown',
    says: HIDDEN,
  },
  'cannot tell when the ConfigMap may not be read': {
    objects: [...base, labelled('n1'), fixed, working],
    forbidden: [`configmaps/${NAME}`],
    outcome: 'unknown',
    says: 'acknet rbac --config-maps eni-config-fixed',
  },
  'cannot tell when nodes may not be listed': {
    objects: base,
    forbidden: ['nodes'],
    outcome: 'unknown',
    says: 'nodes',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});

import type { Judgement, MessageTemplate } from '../judging/define-check.js';

export const fixedAddressMessages = {
  configMissing: {
    severity: 'problem',
    // Not `atStart`: what is missing tells nothing of what the running pods use, and a full vSwitch must not wait for it.
    text: '{nodes} {nodes:node is|nodes are} labelled terway-config={configMap}, but that ConfigMap does not exist in kube-system: Terway there silently uses the vSwitches of the whole cluster.',
  },
  configUnreadable: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} has no eni_conf that is a JSON object, so its {nodes} {nodes:node uses|nodes use} the vSwitches of the whole cluster.',
  },
  zoneMissing: {
    severity: 'problem',
    atStart: true,
    text: 'ConfigMap {configMap} names no vSwitch for zone {zone}, so its {nodes} {nodes:node there uses|nodes there use} the vSwitches of the whole cluster.',
  },
  notRestarted: {
    severity: 'problem',
    text: 'On {nodes} {nodes:node|nodes} Terway started before ConfigMap {configMap} was last written, so what was changed is not in effect there: {names}.',
  },
  notApplied: {
    severity: 'problem',
    text: '{nodes} {nodes:node|nodes} labelled for ConfigMap {configMap} {nodes:works|work} with other vSwitches than it names: {names}. Restart Terway there.',
  },
  oldInterfaces: {
    severity: 'problem',
    text: '{nodes} {nodes:node|nodes} labelled for ConfigMap {configMap} {nodes:has|have} ENIs on other vSwitches, made before the label: the pods there can get addresses outside the allow list. Rotate {names}.',
  },
  noTaint: {
    severity: 'advice',
    text: '{nodes} {nodes:node|nodes} labelled for ConfigMap {configMap} {nodes:has|have} no taint, so pods that need no fixed range can take its addresses: {names}.',
  },
  shared: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} of ConfigMap {configMap} is also one of the whole cluster: an allow list for it admits every pod that gets an address there.',
  },
  tight: {
    severity: 'advice',
    text: 'vSwitch {vSwitch} ({cidr}) holds {usable} {usable:address|addresses} for {pods} {pods:pod|pods}; twice the number of pods is advised, so that slow reclaims do not stop new ones.',
  },
} as const satisfies Record<string, MessageTemplate>;

export type FixedAddressReport = Judgement<typeof fixedAddressMessages>;

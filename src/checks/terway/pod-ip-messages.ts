import type { MessageTemplate } from '../judging/define-check.js';

export const podIpMessages = {
  zoneWithout: {
    severity: 'problem',
    text: 'No pod vSwitch is configured for zone {zone}: pods of its {nodes} {nodes:node|nodes} get addresses of the vSwitch of the node itself. Add a pod vSwitch of that zone.',
  },
  zoneFails: {
    severity: 'problem',
    atStart: true,
    text: 'No pod vSwitch is configured for zone {zone}, and its {nodes} Lingjun {nodes:node does|nodes do} not fall back to another: the pods there get no address. Add a pod vSwitch of that zone.',
    explains: ['pod-waiting', 'warning'],
    mends: 'pod vSwitches',
  },
  foreignInterfaces: {
    severity: 'problem',
    text: '{interfaces} {interfaces:ENI|ENIs} on {nodes} {nodes:node|nodes} {interfaces:is|are} on vSwitch {vSwitch}, which is not configured for {nodes:it|them}, and {pods} {pods:pod has|pods have} its addresses. {interfaces:It was|They were} made before the setting changed or for another cluster: rotate {names}.',
  },
} as const satisfies Record<string, MessageTemplate>;

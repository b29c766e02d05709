import type { EventView } from '../../cluster/views/event.js';

/** Why Terway could not give a pod an address. `unexplained` = it failed, and the text does not say why. */
export type AllocationFault =
  | 'vswitch-empty'
  | 'eni-quota'
  | 'security-group-full'
  | 'not-permitted'
  | 'no-zone-vswitch'
  | 'mac-not-found'
  | 'metadata-silent'
  | 'unexplained';

/** In order: a text that names a cause and also says that allocation failed counts for the cause. Source: cluster-signals 2.10, 2.12. */
const causes: readonly (readonly [AllocationFault, RegExp])[] = [
  [
    'vswitch-empty',
    /InvalidVSwitchId\.IpNotEnough|not enough IpAddress|no ip left|ip is not enough|QuotaExceeded\.PrivateIpAddress/i,
  ],
  ['eni-quota', /EniPerInstanceLimitExceeded/i],
  ['security-group-full', /SecurityGroupInstanceLimitExceed/i],
  ['not-permitted', /Forbidden\.RAM/i],
  [
    'no-zone-vswitch',
    /failed to get vsw for zone|can ?not found available vSwitch for zone|no available vSwitch for zone/i,
  ],
  ['mac-not-found', /can't found dev by mac/i],
  // The address of the instance metadata service, in an error of the client that asked it.
  [
    'metadata-silent',
    /dial tcp 100\.100\.100\.200:|100\.100\.100\.200\S* [^\n]{0,80}(?:timeout|deadline exceeded|refused)/i,
  ],
  [
    'unexplained',
    /error alloc ip|no eni can handle the allocation|allocate (?:remote )?IP timeout|wait pod eni info/i,
  ],
];

/** Most texts name no fault at all: one look settles those. */
const any = new RegExp(causes.map(([, { source }]) => source).join('|'), 'i');

export function allocationFault(text: string): AllocationFault | undefined {
  return any.test(text) ? causes.find(([, pattern]) => pattern.test(text))?.[0] : undefined;
}

/** Terway reports under several names; the kubelet passes its errors on in one reason only, the scheduler never does. */
export const eventFault = ({ source, reason, message }: EventView): AllocationFault | undefined =>
  source === 'default-scheduler' || (source === 'kubelet' && reason !== 'FailedCreatePodSandBox')
    ? undefined
    : allocationFault(message);

export const vSwitchesNamed = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\bvsw-[a-z0-9]+/gi)].map(([id]) => id)),
];

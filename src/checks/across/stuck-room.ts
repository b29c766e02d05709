import type { CloudReader } from '../../cloud/ports.js';
import type { EventView } from '../../cluster/views/event.js';
import type { PodView } from '../../cluster/views/pod.js';
import { allocationFault, vSwitchesNamed } from '../terway/allocation-faults.js';
import { type CountedVSwitches, countVSwitches } from '../terway/cloud/count-vswitches.js';
import { roomOf } from '../terway/cloud/judge-counts.js';
import type { TerwayConfig } from '../terway/terway-config.js';

interface RoomFacts {
  readonly pods: readonly PodView[];
  readonly events: readonly EventView[];
  readonly terway: TerwayConfig;
}

/** vSwitches that an event calls empty: that is an hour old at most, a count is of now. */
export const refusingVSwitches = ({ events }: Pick<RoomFacts, 'events'>): readonly string[] =>
  events
    .filter(({ message }) => allocationFault(message) === 'vswitch-empty')
    .flatMap(({ message }) => vSwitchesNamed(message));

export const countRefusing = (
  cloud: CloudReader,
  facts: Pick<RoomFacts, 'events'>,
): Promise<CountedVSwitches> => countVSwitches(cloud, refusingVSwitches(facts));

/** `vsw-a: 40` for each vSwitch that the refusal names, where all of them have room for every pod that waits. */
export function roomAgain(
  refusal: string,
  { pods, terway }: RoomFacts,
  counted: CountedVSwitches | undefined,
): readonly string[] | undefined {
  const room = vSwitchesNamed(refusal).map((id) => ({
    id,
    free: roomOf(id, { pods, config: terway }, counted),
  }));
  return room.length > 0 && room.every(({ free }) => free !== undefined)
    ? room.map(({ id, free }) => `${id}: ${free}`)
    : undefined;
}

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

/** Asked only where an event calls a vSwitch empty: that is an hour old at most, the count is of now. */
export async function countRefusing(
  cloud: CloudReader,
  { events }: Pick<RoomFacts, 'events'>,
): Promise<CountedVSwitches | undefined> {
  const named = events
    .filter(({ message }) => allocationFault(message) === 'vswitch-empty')
    .flatMap(({ message }) => vSwitchesNamed(message));
  return named.length === 0 ? undefined : countVSwitches(cloud, named);
}

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

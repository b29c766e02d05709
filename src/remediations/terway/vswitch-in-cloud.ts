import {
  type CountedVSwitches,
  countedAt,
  countVSwitches,
} from '../../checks/terway/cloud/count-vswitches.js';
import type { CloudReader } from '../../cloud/ports.js';
import type { VSwitch } from '../../cloud/views/v-switch.js';
import { isAcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import type { KnownValue } from '../define-remediation.js';
import { refuse } from '../refuse.js';

interface Place {
  readonly vSwitch: string;
  readonly zone: string;
  /** Fewer free addresses than this give Terway nothing. */
  readonly need: number;
}

/** Refuses a vSwitch that no ENI of the zone gets an address from; answers what its card says of it. */
export async function verifyVSwitch(cloud: CloudReader | undefined, place: Place): Promise<string> {
  const { vSwitch, zone } = place;
  if (cloud === undefined) return notVerified(place, 'Kubernetes does not show it');
  try {
    const counted = await countVSwitches(cloud, [vSwitch]);
    const hidden = counted.unsettled.get(vSwitch);
    if (hidden !== undefined) return notVerified(place, hidden);
    const { free } = fitOrRefuse(counted, place);
    return `${vSwitch} is in zone ${zone} and in this cluster’s VPC, and had ${count(free, 'free address', 'free addresses')} when counted (${countedAt(counted)}).`;
  } catch (error) {
    if (!isAcknetError(error) || error.code === 'plan.refused') throw error;
    return notVerified(place, `the cloud could not be asked (${error.message.replace(/\.$/, '')})`);
  }
}

const notVerified = ({ vSwitch, zone }: Place, why: string): string =>
  `Not verified, because ${why}: that ${vSwitch} exists, is in zone ${zone} and in this cluster’s VPC, and has free addresses. Look in the VPC console, or at DescribeVSwitches.`;

function fitOrRefuse(counted: CountedVSwitches, { vSwitch, zone, need }: Place): VSwitch {
  const found = counted.byId.get(vSwitch);
  if (found === undefined)
    throw refuse(`${vSwitch} does not exist in the account.`, others(counted, zone, need));
  if (found.vpc !== counted.vpc)
    throw refuse(
      `${vSwitch} is in VPC ${found.vpc}, and this cluster is in ${counted.vpc}: no ENI of a node can be made there.`,
      others(counted, zone, need),
    );
  if (found.zone !== zone)
    throw refuse(
      `${vSwitch} is in zone ${found.zone}, not in ${zone}: no ENI of a node in ${zone} can be made there.`,
      others(counted, zone, need),
    );
  if (found.free < need)
    throw refuse(
      `${vSwitch} has ${count(found.free, 'free address', 'free addresses')} (counted ${countedAt(counted)})${need > 1 ? `, and Terway takes ${need} at a time here` : ''}: adding it would help no pod.`,
      others(counted, zone, need),
    );
  return found;
}

const SHOWN = 3;

const roomy = ({ all, vpc }: CountedVSwitches, zones: readonly string[], need: number): readonly VSwitch[] =>
  all
    .filter((entry) => entry.vpc === vpc && zones.includes(entry.zone) && entry.free >= need)
    .toSorted((a, b) => a.zone.localeCompare(b.zone) || b.free - a.free);

function others(counted: CountedVSwitches, zone: string, need: number): string {
  const names = roomy(counted, [zone], need)
    .slice(0, SHOWN)
    .map(({ id, free }) => `${id} (${free} free)`);
  return names.length === 0
    ? `No vSwitch of zone ${zone} in this VPC has room: create one first.`
    : `With room in zone ${zone}: ${names.join(', ')}.`;
}

/** More than these no form lists. */
const CHOICES = 100;

/** A form's hint shows no moment in its reader's own time. */
const readable = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The vSwitches of these zones that have room and are not listed yet, to be chosen; undefined = the cloud did not say. */
export async function spareVSwitches(
  cloud: CloudReader | undefined,
  { zones, listed, need }: { zones: readonly string[]; listed: ReadonlySet<string>; need: number },
): Promise<KnownValue | undefined> {
  const counted = cloud && (await countVSwitches(cloud, []).catch(() => undefined));
  if (counted === undefined) return undefined;
  const spare = roomy(counted, zones, need).filter(({ id }) => !listed.has(id));
  if (spare.length === 0)
    return {
      hint: `No other vSwitch of ${zones.join(', ')} has room (${readable(counted.at)}): create one first.`,
    };
  return {
    choices: spare.slice(0, CHOICES).map(({ id }) => id),
    labels: Object.fromEntries(spare.map(({ id, zone, free }) => [id, `${id} (${zone}, ${free} free)`])),
    hint: `Free addresses as counted ${readable(counted.at)}.`,
  };
}

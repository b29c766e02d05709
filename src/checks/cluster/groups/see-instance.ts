import type { CloudReader } from '../../../cloud/ports.js';
import { instances } from '../../../cloud/views/instance.js';
import { type NetworkInterface, networkInterfaces } from '../../../cloud/views/network-interface.js';
import { cardsWith, primaryAddress, type SeenEnd } from './see-pod.js';

export interface SeenInstance extends SeenEnd {
  readonly id: string;
  readonly status: string;
}

export const instanceActions = ['ecs:DescribeInstances', 'ecs:DescribeNetworkInterfaces'] as const;

/** By its id or an address; `vpc` = the pod's, preferred where several have that address. Text = why it could not be told. */
export async function seeInstance(
  cloud: CloudReader,
  wanted: string,
  vpc: string | undefined,
): Promise<SeenInstance | string> {
  const found = wanted.startsWith('i-') ? await byId(cloud, wanted) : await byAddress(cloud, wanted, vpc);
  if (typeof found === 'string') return found;
  const id = found.card.instance;
  if (id === undefined) return `${found.card.id}, the ENI with ${wanted}, is attached to no instance`;
  const { items } = await cloud.read(instances, { InstanceIds: JSON.stringify([id]) });
  const status = items.find((entry) => entry.id === id)?.status;
  if (status === undefined) return `The account has no ECS instance ${id} in ${cloud.region}`;
  return { ...found, id, status };
}

/** Its primary address. */
async function byId(cloud: CloudReader, id: string): Promise<SeenEnd | string> {
  const { items } = await cloud.read(networkInterfaces, { InstanceId: id });
  const card = items.find(({ type }) => type === 'Primary');
  if (card === undefined)
    return `The account shows no primary ENI of ${id} in ${cloud.region}: no such instance, or one of another account or region`;
  const address = primaryAddress(card);
  return address === undefined ? `${card.id} of ${id} tells no primary address` : seen(card, address);
}

async function byAddress(
  cloud: CloudReader,
  address: string,
  vpc: string | undefined,
): Promise<SeenEnd | string> {
  const cards = await cardsWith(cloud, address);
  const near = cards.find((card) => vpc !== undefined && card.vpc === vpc);
  if (near !== undefined) return seen(near, address);
  const [only, ...more] = cards;
  if (only === undefined)
    return `No ENI of the account in ${cloud.region} has ${address}: it is no private address of an ECS instance there (a load balancer, a database, a public address, another account?)`;
  return more.length > 0
    ? `Several ENIs in other VPCs have ${address}: name the instance by its id`
    : seen(only, address);
}

const seen = (card: NetworkInterface, address: string): SeenEnd => ({ card, address, routed: false });

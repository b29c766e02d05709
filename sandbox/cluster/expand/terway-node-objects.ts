import { list, object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { relativeTime } from '../relative-time.js';
import type { Pool, Scenario } from '../scenario.js';
import type { Expansion } from './expand-scenario.js';
import type { ExpandedNode } from './node-objects.js';

type Terway = NonNullable<Pool['terway']>;

/** `nodes.network.alibabacloud.com` of every node under centralised IPAM, with the addresses its pods have. */
export function terwayNodes(
  nodes: readonly ExpandedNode[],
  pods: readonly JsonObject[],
  { scenario, now }: Expansion,
): readonly JsonObject[] {
  return nodes.flatMap((node, index) => {
    const { terway } = node.pool;
    if (!terway?.crd) return [];
    const own = pods.filter((pod) => text(pod, 'spec', 'nodeName') === node.name && hasOwnAddress(pod));
    return [terwayNode({ node, terway, index, pods: own, scenario, now })];
  });
}

const hasOwnAddress = (pod: JsonObject): boolean =>
  object(pod, 'spec').hostNetwork !== true && text(pod, 'status', 'phase') === 'Running';

interface Shape {
  readonly node: ExpandedNode;
  readonly terway: Terway;
  readonly index: number;
  readonly pods: readonly JsonObject[];
  readonly scenario: Scenario;
  readonly now: Date;
}

function terwayNode(shape: Shape): JsonObject {
  const { node, now } = shape;
  return {
    apiVersion: 'network.alibabacloud.com/v1beta1',
    kind: 'Node',
    metadata: {
      name: node.name,
      creationTimestamp: relativeTime(node.pool.created, now),
      labels: {},
      finalizers: ['network.alibabacloud.com/node-controller'],
      generation: 3,
    },
    spec: specOf(shape),
    status: {
      nextSyncOpenAPITime: relativeTime('-1s', now),
      lastSyncOpenAPITime: relativeTime('-10m', now),
      networkInterfaces: Object.fromEntries(cardsOf(shape).map((card) => [text(card, 'id') ?? '', card])),
    },
  };
}

function specOf({ node, terway, scenario }: Shape): JsonObject {
  const slots = terway.adapters - 1;
  const standard = { networkInterfaceTrafficMode: 'Standard' };
  return {
    nodeMetadata: {
      regionID: scenario.region,
      instanceType: node.pool.instanceType,
      instanceID: (text(node.object, 'spec', 'providerID') ?? '').split('.')[1] ?? '',
      zoneID: node.pool.zone,
    },
    nodeCap: {
      adapters: terway.adapters,
      totalAdapters: terway.adapters + 10,
      ipv4PerAdapter: terway.addressesPerAdapter,
      ipv6PerAdapter: terway.ipv6PerAdapter ?? (terway.ipv6 ? terway.addressesPerAdapter : 0),
      memberAdapterLimit: 10,
      maxMemberAdapterLimit: 10,
    },
    datapath: { type: terway.datapath },
    eni: {
      tag: { 'ack.aliyun.com': scenario.clusterId },
      vSwitchOptions: terway.options ?? [terway.vSwitch],
      securityGroupIDs: [terway.securityGroup],
      resourceGroupID: 'rg-acfm4k7p2t9x1zq',
      enableIPv4: true,
      ...(terway.ipv6 && { enableIPv6: true }),
      enableTrunk: true,
      vSwitchSelectPolicy: 'ordered',
    },
    pool: { maxPoolSize: 5 },
    flavor: [
      { networkInterfaceType: 'Trunk', ...standard, count: 1 },
      { networkInterfaceType: 'Secondary', ...standard, count: slots - 1 },
    ],
  };
}

/** The attached cards, each with its share of the pods' addresses. */
function cardsOf({ terway, index, pods, scenario, now }: Shape): readonly JsonObject[] {
  const per = terway.addressesPerAdapter;
  const count = terway.attached ?? Math.max(1, Math.ceil(pods.length / per));
  const vSwitch = scenario.vSwitches.find(({ id }) => id === terway.vSwitch);
  return Array.from({ length: count }, (_, place) => {
    // Cards are filled one after the other, unless an empty vSwitch left each with what it had.
    const share = pods.filter((_, order) =>
      terway.insufficient ? order % count === place : Math.floor(order / per) === place,
    );
    const number = `${String(index + 1).padStart(3, '0')}${place + 1}`;
    return {
      id: `eni-bp1c4e6g8i0k2m4o${number}`,
      status: 'InUse',
      macAddress: `00:16:3e:${hex(index + 16)}:34:${hex(place + 1)}`,
      vSwitchID: terway.vSwitch,
      securityGroupIDs: [terway.securityGroup],
      primaryIPAddress: addressOf(share[0], 0) ?? '',
      networkInterfaceTrafficMode: 'Standard',
      networkInterfaceType: place === 0 ? 'Trunk' : 'Secondary',
      ipv4CIDR: vSwitch?.cidr ?? '',
      ipv4: addressMap(share, 0),
      ...(terway.ipv6 && { ipv6CIDR: vSwitch?.ipv6 ?? '', ipv6: addressMap(share, 1) }),
      ...(terway.insufficient && {
        conditions: {
          InsufficientIP: {
            observedTime: relativeTime('-2m', now),
            message: `${terway.vSwitch} ip is not enough`,
          },
        },
      }),
    };
  });
}

const hex = (value: number): string => (value % 256).toString(16).padStart(2, '0');

const addressOf = (pod: JsonObject | undefined, family: number): string | undefined =>
  text(list(pod, 'status', 'podIPs')[family], 'ip');

function addressMap(pods: readonly JsonObject[], family: number): JsonObject {
  const entries = pods.flatMap((pod, place) => {
    const ip = addressOf(pod, family);
    if (ip === undefined) return [];
    const podID = `${text(pod, 'metadata', 'namespace')}/${text(pod, 'metadata', 'name')}`;
    const entry = {
      ip,
      primary: place === 0,
      status: 'Valid',
      podID,
      podUID: text(pod, 'metadata', 'uid') ?? '',
    };
    return [[ip, entry] as const];
  });
  return Object.fromEntries(entries);
}

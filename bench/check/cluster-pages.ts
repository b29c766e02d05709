import {
  renderEvent,
  renderNode,
  renderPod,
  renderService,
  renderSlice,
  renderTerwayNode,
} from './object-shapes.js';

export const PAGE = 500;
export const PODS_PER_NODE = 30;
const SERVICES = 5000;

export interface ClusterPages {
  readonly pods: number;
  /** Pages of a list, in order, by its path; each is a whole answer. */
  readonly lists: ReadonlyMap<string, readonly Buffer[]>;
}

interface ListShape {
  readonly path: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly count: number;
  readonly item: (index: number) => string;
}

/** Every large list of a dual-stack Terway cluster, rendered. */
export function renderCluster(nodes: number, now: Date): ClusterPages {
  const context = createNames(nodes, now);
  const shapes = listShapes(nodes, context);
  return {
    pods: nodes * PODS_PER_NODE,
    lists: new Map(shapes.map((shape) => [shape.path, renderList(shape)])),
  };
}

function renderList({ kind, apiVersion, count, item }: ListShape): readonly Buffer[] {
  const pages = Math.max(1, Math.ceil(count / PAGE));
  return Array.from({ length: pages }, (_, page) => {
    const from = page * PAGE;
    const items = Array.from({ length: Math.min(PAGE, count - from) }, (_, place) => item(from + place));
    const left = count - from - items.length;
    const meta = {
      resourceVersion: '90000000',
      ...(left > 0 && { continue: tokenOf(page + 1), remainingItemCount: left }),
    };
    return Buffer.from(
      `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${JSON.stringify(meta)},"items":[${items.join(',')}]}\n`,
    );
  });
}

export const tokenOf = (page: number): string => Buffer.from(`{"page":${page}}`).toString('base64url');
export const pageOf = (token: string): number =>
  (JSON.parse(Buffer.from(token, 'base64url').toString()) as { page: number }).page;

function listShapes(nodes: number, names: Names): readonly ListShape[] {
  const events = Math.min(30_000, Math.max(100, nodes * 6));
  return [
    {
      path: '/api/v1/nodes',
      kind: 'Node',
      apiVersion: 'v1',
      count: nodes,
      item: (i) => renderNode(names.node(i)),
    },
    {
      path: '/api/v1/pods',
      kind: 'Pod',
      apiVersion: 'v1',
      count: nodes * PODS_PER_NODE,
      item: (i) => renderPod(names.pod(i)),
    },
    {
      path: '/api/v1/services',
      kind: 'Service',
      apiVersion: 'v1',
      count: SERVICES,
      item: (i) => renderService(names.service(i)),
    },
    {
      path: '/apis/discovery.k8s.io/v1/endpointslices',
      kind: 'EndpointSlice',
      apiVersion: 'discovery.k8s.io/v1',
      count: SERVICES * 2,
      item: (i) => renderSlice(names.slice(i)),
    },
    {
      path: '/api/v1/events',
      kind: 'Event',
      apiVersion: 'v1',
      count: events,
      item: (i) => renderEvent(names.event(i)),
    },
    {
      path: '/apis/network.alibabacloud.com/v1beta1/nodes',
      kind: 'Node',
      apiVersion: 'network.alibabacloud.com/v1beta1',
      count: nodes,
      item: (i) => renderTerwayNode(names.terwayNode(i)),
    },
  ];
}

type Values = Readonly<Record<string, string>>;

interface Names {
  node(index: number): Values;
  pod(index: number): Values;
  service(index: number): Values;
  slice(index: number): Values;
  event(index: number): Values;
  terwayNode(index: number): Values;
}

const zones = ['cn-hangzhou-h', 'cn-hangzhou-i', 'cn-hangzhou-k'];
export const vSwitches: Readonly<Record<string, string>> = {
  'cn-hangzhou-h': 'vsw-bp1a4c7e9g2i5k8m1o3q6',
  'cn-hangzhou-i': 'vsw-bp1d8f1h4j7l0n3p6r9t2',
  'cn-hangzhou-k': 'vsw-bp1z5x8v1b4m7k0j3h6g9',
};
const SETS = 1000;
const filler = 'x'.repeat(600);

const uidOf = (kind: number, index: number): string =>
  `${String(kind).padStart(8, '0')}-7f3a-4c1d-9e2b-${String(index).padStart(12, '0')}`;
const ip = (index: number, first: number): string =>
  `${first}.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

function createNames(nodes: number, now: Date): Names {
  const time = (index: number): string =>
    `${new Date(now.getTime() - ((index * 7919) % 3000) * 1000).toISOString().slice(0, 19)}Z`;
  const started = (index: number): string =>
    `${new Date(now.getTime() - (3600 + ((index * 7919) % 1_000_000)) * 1000).toISOString().slice(0, 19)}Z`;

  const sets = Math.min(SETS, nodes);
  const replicas = Math.ceil((nodes * (PODS_PER_NODE - 2)) / sets);
  const names: Names = {
    node: (index) => {
      const zone = zones[index % zones.length] ?? '';
      return {
        ...{ node: `cn-hangzhou.${ip(index, 10)}`, uid: uidOf(1, index), index: String(index), zone },
        instance: `i-bp1e6g8i0k2m4o6${String(index).padStart(5, '0')}`,
        pool: `np6f2a1c9e0b4d47a8b3c5d7e9f1a2b3${index % 12}`,
        hostIp: ip(index, 10),
        hostIp6: `2408:4005:3c0:2200::${index.toString(16)}`,
        now: time(index % 60),
        vSwitch: vSwitches[zone] ?? '',
      };
    },
    // As the API lists them: kube-system first, then by namespace and name, so that the pods of a set stand together.
    pod: (index) => {
      const system = index < nodes ? 'kube-proxy-worker' : index < 2 * nodes ? 'terway-eniip' : undefined;
      const place = system ? index % nodes : index - 2 * nodes;
      const { node = '', hostIp = '' } = names.node(place % nodes);
      const set = Math.floor(place / replicas);
      const app = system ?? `service-${set}`;
      return {
        ...{ node, hostIp, app, uid: uidOf(2, index), index: String(index), started: started(index) },
        name: `${app}-6d9f7c5b48-${index.toString(36).padStart(5, '0')}`,
        namespace: system ? 'kube-system' : `team-${Math.floor((set * 40) / sets)}`,
        owner: system ?? `${app}-6d9f7c5b48`,
        ownerUid: uidOf(6, set),
        ownerKind: system ? 'DaemonSet' : 'ReplicaSet',
        hostNetwork: String(system !== undefined),
        ip: system ? hostIp : ip(index, 11),
        ip6: `2408:4005:3c0:2300::${index.toString(16)}`,
        phase: 'Running',
        ready: 'True',
      };
    },
    service: (index) => ({
      ...{ name: `service-${index}`, app: `service-${index % sets}`, namespace: `team-${index % 40}` },
      ...{
        uid: uidOf(3, index),
        index: String(index),
        ip: ip(index, 172),
        ip6: `fc00::${index.toString(16)}`,
        filler,
      },
    }),
    slice: (index) => {
      const family = index % 2 === 0 ? 'IPv4' : 'IPv6';
      const { name = '', namespace = '', ip: v4 = '', ip6 = '' } = names.service(index >> 1);
      const pod = names.pod(index % (nodes * PODS_PER_NODE));
      return {
        ...{
          name: `${name}-${family.toLowerCase()}`,
          namespace,
          service: name,
          family,
          uid: uidOf(4, index),
        },
        ...{ ip: family === 'IPv4' ? v4 : ip6, node: pod.node ?? '', pod: pod.name ?? '' },
      };
    },
    event: (index) => {
      const pod = names.pod((index * 13) % (nodes * PODS_PER_NODE));
      const fine = index % 10 === 0;
      return {
        ...{
          pod: pod.name ?? '',
          namespace: pod.namespace ?? '',
          node: pod.node ?? '',
          index: String(index),
        },
        ...{ uid: uidOf(5, index), now: time(index), type: fine ? 'Normal' : 'Warning' },
        reason: fine ? 'AllocIPSucceed' : 'Unhealthy',
        message: fine
          ? `Alloc IP ${pod.ip}/16 took 38.2ms`
          : `Readiness probe failed: Get \\"http://${pod.ip}:8080/readyz\\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      };
    },
    terwayNode: (index) => ({ ...names.node(index), interfaces: interfacesOf(index, { names, nodes }) }),
  };
  return names;
}

/** The addresses of the node's pods, fifteen on a card. */
function interfacesOf(index: number, { names, nodes }: { names: Names; nodes: number }): string {
  const { vSwitch = '' } = names.node(index);
  const own = Array.from({ length: PODS_PER_NODE - 2 }, (_, turn) => names.pod((turn + 2) * nodes + index));
  const cards = [own.slice(0, 14), own.slice(14)].map((share, place) => {
    const id = `eni-bp1c4e6g8i0k2m${String(index).padStart(5, '0')}${place}`;
    const entries = (family: 'ip' | 'ip6') =>
      Object.fromEntries(
        share.map((pod) => [
          pod[family],
          {
            ip: pod[family],
            primary: false,
            status: 'Valid',
            podID: `${pod.namespace}/${pod.name}`,
            podUID: pod.uid,
          },
        ]),
      );
    const card = {
      ...{ id, status: 'InUse', macAddress: '00:16:3e:12:34:01', vSwitchID: vSwitch },
      securityGroupIDs: ['sg-bp1k3m5o7q9s1u3w5y7a'],
      networkInterfaceType: place === 0 ? 'Trunk' : 'Secondary',
      ...{
        ipv4CIDR: '11.0.0.0/8',
        ipv4: entries('ip'),
        ipv6CIDR: '2408:4005:3c0:2300::/64',
        ipv6: entries('ip6'),
      },
    };
    return [id, card];
  });
  return JSON.stringify(Object.fromEntries(cards));
}

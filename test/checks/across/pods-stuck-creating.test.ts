import { podsStuckCreating } from '../../../src/checks/across/pods-stuck-creating.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { InMemoryCloud } from '../../support/cloud-of.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';
import { terwayPod } from '../../support/terway-objects.js';

interface PodShape {
  readonly node?: string;
  readonly since?: string;
  readonly phase?: string;
  readonly ips?: readonly string[];
  readonly namespace?: string;
  readonly uid?: string;
  readonly unschedulable?: string;
  readonly deleting?: boolean;
  /** Name of the DaemonSet it is of. */
  readonly set?: string;
}

function pod(name: string, shape: PodShape = {}): JsonObject {
  const {
    since = '2026-11-24T02:40:00Z',
    phase = 'Pending',
    ips = [],
    namespace = 'shop',
    unschedulable,
  } = shape;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: shape.uid ?? `uid-${name}`,
      creationTimestamp: since,
      ...(shape.deleting && { deletionTimestamp: '2026-11-24T02:50:00Z' }),
      ...(shape.set !== undefined && {
        ownerReferences: [{ kind: 'DaemonSet', name: shape.set, controller: true }],
      }),
    },
    spec: unschedulable === undefined ? { nodeName: shape.node ?? 'n1' } : {},
    status: {
      phase,
      podIPs: ips.map((ip) => ({ ip })),
      ...(unschedulable !== undefined && {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: unschedulable },
        ],
      }),
    },
  };
}

function event(
  on: string,
  reason: string,
  message: string,
  more: Readonly<Record<string, Json>> = {},
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${on}.${reason}`, namespace: 'shop' },
    involvedObject: { kind: 'Pod', namespace: 'shop', name: on, uid: `uid-${on}` },
    type: 'Warning',
    reason,
    message,
    source: { component: 'kubelet' },
    lastTimestamp: '2026-11-24T02:55:00Z',
    count: 9,
    ...more,
  };
}
const UNKNOWN = 'create eni failed: code: InvalidSecurityGroupId.NotFound, it does not exist';
const sandbox = (on: string, text: string) =>
  event(
    on,
    'FailedCreatePodSandBox',
    `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "3c": ${text}`,
  );
const nodeEvent = (on: string, message: string): JsonObject =>
  event(on, 'AllocIPFailed', message, { involvedObject: { kind: 'Node', name: on, uid: on } });

const terway = fixture('01-daemonset-terway-eniip');
const flannel = fixture('06-daemonset-kube-flannel-ds');
const vague = 'cmdAdd: error alloc ip rpc error: code = DeadlineExceeded desc = context deadline exceeded';
const ranged = (name: string) => node(name, { spec: { podCIDR: '172.30.34.128/26' } });
const NO_ADDRESS =
  'plugin type="flannel" failed (add): failed to allocate for range 0: no IP addresses available in range set: 172.30.34.129-172.30.34.190';
const full = node('n1', { annotations: { 'k8s.aliyun.com/max-available-ip': '2' } });
const onEnis: JsonObject = {
  ...node('n1'),
  status: { ...(node('n1').status as JsonObject), allocatable: { 'aliyun/eni': '2' } },
};
const running = (name: string, ip: string): JsonObject => pod(name, { phase: 'Running', ips: [ip] });

const says = (words: string): string => `The newest warning says: "${words}".`;
const SILENCE = 'No warning of the last hour is about them.';

const TUNING =
  'failed to setup network for sandbox "1f": plugin type="tuning" failed (add): open /proc/sys/net/core/somaxconn: no such file';
const failing = (name: string, words: string): string =>
  `pluginFails: 1 pod waits because a CNI plugin fails, for a reason that acknet does not know: shop/${name} (up to 20 min, on n1). ${says(words)}`;

const refused =
  'cmdAdd: error alloc ip rpc error: code = Unknown desc = allocate IP timeout: eni-1 InsufficientIP: vsw-bp1a ip is not enough';
const cloudWith = (free: number): InMemoryCloud => ({
  answers: {
    'cs:DescribeClusterDetail': [{ vpc_id: 'vpc-own' }],
    'vpc:DescribeVSwitches': [
      {
        VSwitchId: 'vsw-bp1a',
        ZoneId: 'cn-hangzhou-i',
        VpcId: 'vpc-own',
        CidrBlock: '10.0.40.0/24',
        AvailableIpAddressCount: free,
      },
    ],
  },
});

describeCheck(podsStuckCreating, {
  'knows that the metadata service does not answer': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      event(
        'a',
        'AllocIPFailed',
        'Get "http://100.100.100.200/latest/meta-data/network/interfaces/macs/": dial tcp 100.100.100.200:80: i/o timeout',
      ),
    ],
    outcome: 'found',
    finds: [
      'cloudSilent: 1 pod waits because the metadata service of its instance (100.100.100.200) does not answer Terway: shop/a (up to 20 min, on n1).',
    ],
  },
  'reads a zone without a vSwitch in the words of the control plane too': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      event(
        'a',
        'PodCreateFailed',
        'Pod create error: can not found available vSwitch for zone cn-hangzhou-i, no available vSwitch for zone cn-hangzhou-i, vswList [vsw-1]',
      ),
    ],
    outcome: 'found',
    finds: [
      'zoneWithout: 1 pod waits because no pod vSwitch is configured for the zone of its node: shop/a (up to 20 min, on n1).',
    ],
  },
  'stays quiet when no pod waits': {
    objects: [terway, node('n1'), running('a', '10.0.0.1')],
    outcome: 'clear',
  },
  'stays quiet about pods that only just started, and about those being deleted': {
    objects: [
      terway,
      node('n1'),
      pod('new', { since: '2026-11-24T02:56:00Z' }),
      pod('leaving', { deleting: true }),
    ],
    outcome: 'clear',
  },
  'names the empty vSwitch that the pod’s event tells': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      event(
        'a',
        'AllocIPFailed',
        'cmdAdd: error alloc ip rpc error: code = Unknown desc = allocate IP timeout: eni-1 InsufficientIP: vsw-bp1a ip is not enough',
      ),
    ],
    outcome: 'found',
    finds: [
      'vSwitchEmpty: 1 pod waits because a vSwitch has no free address (vsw-bp1a): shop/a (up to 20 min).',
    ],
    evidence: ['Event AllocIPFailed on Pod shop/a (9 times)'],
  },
  'believes the count of now before a refusal of the last hour': {
    objects: [terway, node('n1'), pod('a'), event('a', 'AllocIPFailed', refused)],
    cloud: cloudWith(40),
    outcome: 'found',
    finds: [
      'vSwitchRoomAgain: 1 pod still waits, though the vSwitch that had no address for it has room again (vsw-bp1a: 40 free, counted 2026-11-24T02:59:30Z): shop/a (up to 20 min). An empty vSwitch is not why any more; Terway tries again by itself.',
    ],
  },
  'still calls the vSwitch empty where fewer are free than pods wait': {
    objects: [
      terway,
      ...[node('n1'), pod('a'), pod('b')],
      ...[event('a', 'AllocIPFailed', refused), event('b', 'AllocIPFailed', refused)],
    ],
    cloud: cloudWith(1),
    outcome: 'found',
    finds: [
      'vSwitchEmpty: 2 pods wait because a vSwitch has no free address (vsw-bp1a): shop/a, shop/b (up to 20 min).',
    ],
  },
  'keeps the cause that the event names where the cloud cannot be read, and says so': {
    objects: [terway, node('n1'), pod('a'), event('a', 'AllocIPFailed', refused)],
    cloud: { answers: {}, refused: { 'cs:DescribeClusterDetail': 'cloud.forbidden' } },
    outcome: 'found',
    finds: [
      'vSwitchEmpty: 1 pod waits because a vSwitch has no free address (vsw-bp1a): shop/a (up to 20 min).',
    ],
  },
  'asks the cloud nothing where no vSwitch refused anything': {
    objects: [terway, node('n1')],
    cloud: { answers: {} },
    outcome: 'clear',
  },
  'takes the cause from the node where the pod’s event is vague': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      event('a', 'AllocIPFailed', vague),
      nodeEvent(
        'n1',
        'errCode: InvalidVSwitchId.IpNotEnough, msg: The specified VSwitch "vsw-bp1b" has not enough IpAddress.',
      ),
    ],
    outcome: 'found',
    finds: [
      'vSwitchEmpty: 1 pod waits because a vSwitch has no free address (vsw-bp1b): shop/a (up to 20 min).',
    ],
    evidence: ['Event AllocIPFailed on Node n1'],
  },
  'reads the real-shaped pod and its events': {
    objects: [
      terway,
      node('cn-hangzhou.10.0.34.17'),
      { ...fixture('13-pod-terway-containercreating') },
      ...(fixture('14-events-terway-pod').items as readonly JsonObject[]).map((item) => ({
        ...item,
        lastTimestamp: '2026-11-24T02:58:00Z',
      })),
    ],
    outcome: 'found',
    finds: [
      'vSwitchEmpty: 1 pod waits because a vSwitch has no free address (vsw-bp1d8f1h4j7l0n3p6r9t2): shop/web-7d9c6b5f48-x2k7q (up to 283729 min).',
    ],
  },
  'tells the causes of Terway apart, each with its pods': {
    objects: [
      terway,
      node('n1'),
      pod('quota'),
      pod('zone'),
      pod('group'),
      pod('mac'),
      pod('mac2', { namespace: 'shop' }),
      event('quota', 'CreateENIFailed', 'errCode: EniPerInstanceLimitExceeded, msg: x'),
      event('zone', 'AllocIPFailed', 'failed to get vsw for zone cn-hangzhou-h'),
      event('group', 'AllocIPFailed', 'errCode: SecurityGroupInstanceLimitExceed, msg: x'),
      sandbox(
        'mac',
        "failed to do add; error parse config, can't found dev by mac 00:16:3e:12:34:56: not found",
      ),
      sandbox(
        'mac2',
        "failed to do add; error parse config, can't found dev by mac 00:16:3e:12:34:57: not found",
      ),
    ],
    outcome: 'found',
    finds: [
      'eniQuota: 1 pod waits because its node cannot take another ENI: shop/quota (up to 20 min, on n1).',
      'zoneWithout: 1 pod waits because no pod vSwitch is configured for the zone of its node: shop/zone (up to 20 min, on n1).',
      'cloudRefused: 1 pod waits because the cloud refuses Terway an address (a full security group, or a missing permission): shop/group (up to 20 min).',
      'macNotFound: 2 pods wait because their network card does not appear on the node (can’t found dev by mac): shop/mac, shop/mac2 (up to 20 min, on n1).',
    ],
  },
  'tells a full node from an allocation that nothing explains': {
    objects: [
      terway,
      full,
      node('n2'),
      running('a', '10.0.0.1'),
      running('b', '10.0.0.2'),
      pod('c'),
      pod('d', { node: 'n2' }),
      event('c', 'AllocIPFailed', vague),
      event('d', 'AllocIPFailed', vague),
    ],
    outcome: 'found',
    finds: [
      'nodeFull: 1 pod waits on a node that carries as many pods as it has addresses for: shop/c (up to 20 min, on n1).',
      `noAddress: 1 pod gets no address from Terway, for a reason that acknet does not know: shop/d (up to 20 min, on n2). ${says(vague)} An empty vSwitch and the ENI limit are the usual causes.`,
    ],
  },
  'takes what Terway itself warns of for Terway’s, though it knows no such text': {
    objects: [
      terway,
      node('n2'),
      pod('e', { node: 'n2' }),
      event('e', 'PodCreateFailed', UNKNOWN, { source: { component: 'terway-controlplane/pod' } }),
    ],
    outcome: 'found',
    finds: [
      `noAddress: 1 pod gets no address from Terway, for a reason that acknet does not know: shop/e (up to 20 min, on n2). ${says(UNKNOWN)} An empty vSwitch and the ENI limit are the usual causes.`,
    ],
  },
  'knows a node full that has a pod on each of its ENIs, beside nodes of the shared mode': {
    objects: [
      terway,
      terwayPod('n1', { set: 'terway-eni' }),
      onEnis,
      terwayPod('n2'),
      node('n2'),
      running('a', '10.0.0.1'),
      running('b', '10.0.0.2'),
      pod('c'),
      event('c', 'AllocIPFailed', vague),
    ],
    outcome: 'found',
    finds: [
      'nodeFull: 1 pod waits on a node that carries as many pods as it has addresses for: shop/c (up to 20 min, on n1).',
    ],
  },
  'tells leaked Flannel addresses from a range that is used up': {
    objects: [
      flannel,
      ranged('n1'),
      node('n2', { spec: { podCIDR: '172.30.35.0/30' } }),
      node('n3'),
      pod('leak'),
      pod('spent', { node: 'n2' }),
      pod('untold', { node: 'n3' }),
      running('one', '172.30.34.130'),
      { ...pod('two', { node: 'n2', phase: 'Running', ips: ['172.30.35.2'] }) },
      sandbox('leak', NO_ADDRESS),
      sandbox('spent', NO_ADDRESS.replace(/range set: .*/, 'range set: 172.30.35.1-172.30.35.2')),
      sandbox('untold', NO_ADDRESS.replace(/range set: .*/, 'range set: 172.30.99.1-172.30.99.2')),
    ],
    outcome: 'found',
    finds: [
      'flannelLeak: 1 pod waits for an address that pods long gone still hold: shop/leak (up to 20 min, on n1).',
      'flannelFull: 1 pod waits on a node whose pod range is really used up: shop/spent (up to 20 min, on n2).',
      'flannelNoAddress: 1 pod waits for an address of its node’s range, and whether it is used up or leaked cannot be told: shop/untold (up to 20 min, on n3).',
    ],
  },
  'finds a node whose Flannel is not ready': {
    objects: [
      flannel,
      node('n1'),
      pod('a'),
      event(
        'a',
        'NetworkNotReady',
        'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized',
      ),
    ],
    outcome: 'found',
    finds: [
      'flannelNotReady: 1 pod waits because the network of its node is not ready: shop/a (up to 20 min, on n1). Look at Flannel there, and at its cniVersion.',
    ],
  },
  'finds a node whose Terway is not ready': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      pod('b'),
      event('a', 'NetworkNotReady', 'network is not ready: cni plugin not initialized'),
      sandbox(
        'b',
        'plugin type="terway" failed (add): dial unix /var/run/eni/eni.socket: connect: connection refused',
      ),
    ],
    outcome: 'found',
    finds: [
      'terwayNotReady: 2 pods wait because the network of their node is not ready: shop/a, shop/b (up to 20 min, on n1). Look at the Terway pods there.',
    ],
  },
  'blames no plugin where none was recognised': {
    objects: [
      node('n1'),
      pod('a'),
      event('a', 'NetworkNotReady', 'network is not ready: cni plugin not initialized'),
    ],
    outcome: 'found',
    finds: [
      `other: 1 pod waits to be created, and acknet knows no cause: shop/a (up to 20 min). ${says('network is not ready: cni plugin not initialized')} It may or may not be the network.`,
    ],
    evidence: ['cni plugin not initialized'],
  },
  'tells unschedulable pods apart': {
    objects: [
      terway,
      node('n1'),
      pod('route', {
        unschedulable:
          '0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/network-unavailable: }.',
      }),
      pod('cloud', {
        unschedulable:
          '0/3 nodes are available: 3 node(s) had untolerated taint {node.cloudprovider.kubernetes.io/uninitialized: true}.',
      }),
      pod('port', {
        unschedulable:
          "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.",
      }),
      pod('ready', {
        unschedulable:
          '0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
      }),
      pod('eni', { unschedulable: '0/3 nodes are available: 3 Insufficient aliyun/eni.' }),
      pod('many', { unschedulable: '0/3 nodes are available: 3 Too many pods.' }),
      pod('cpu', { unschedulable: '0/3 nodes are available: 3 Insufficient cpu.' }),
    ],
    outcome: 'found',
    finds: [
      'waitsForRoute: 1 pod is not scheduled because nodes have no route for pods (taint network-unavailable): shop/route (up to 20 min).',
      'waitsForNode: 1 pod is not scheduled, and nodes whose network has not come up are a reason the scheduler names (node.cloudprovider.kubernetes.io/uninitialized): shop/cloud (up to 20 min).',
      'hostPortTaken: 1 pod is not scheduled, as a host port that it asks for is taken on every node that is left: shop/port (up to 20 min). No two pods of a node can have the same one.',
      'unschedulable: 2 pods are not scheduled, for a reason outside the network: shop/ready, shop/cpu (up to 20 min).',
      'noEniLeft: 2 pods are not scheduled because nodes have no room for another pod’s network: shop/eni, shop/many (up to 20 min).',
    ],
    evidence: ['Pod shop/cpu, condition PodScheduled=False: 0/3 nodes are available: 3 Insufficient cpu.'],
  },
  'takes the taint of nodes that are not Ready for the network’s where one is without its network': {
    objects: [
      terway,
      node('n1', {
        ready: 'False',
        readyMessage: 'container runtime network not ready: cni plugin not initialized',
      }),
      pod('ready', {
        unschedulable:
          '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
      }),
    ],
    outcome: 'found',
    finds: [
      'waitsForNode: 1 pod is not scheduled, and nodes whose network has not come up are a reason the scheduler names (node.kubernetes.io/not-ready): shop/ready (up to 20 min).',
    ],
  },
  'reads what Terway says of a pod’s PodENI, and takes a runtime class for no network cause': {
    objects: [
      terway,
      node('n1'),
      pod('a'),
      event('a', 'FailedCreatePodSandBox', 'cmdAdd: error alloc ip rpc error: wait pod eni info'),
      {
        ...event('a', 'CreateENIFailed', 'error create eni: Forbidden.RAM'),
        metadata: { name: 'a.eni', namespace: 'shop' },
        involvedObject: { kind: 'PodENI', namespace: 'shop', name: 'a', uid: 'uid-of-the-podeni' },
      },
      pod('b'),
      sandbox('b', 'failed to get sandbox runtime: no runtime for "runv" is configured'),
    ],
    outcome: 'found',
    finds: [
      'cloudRefused: 1 pod waits because the cloud refuses Terway an address (a full security group, or a missing permission): shop/a (up to 20 min).',
      'notNetwork: 1 pod is Pending for a reason outside the network (images, volumes, the container runtime, init containers): shop/b (up to 20 min).',
    ],
  },
  'takes a node full of pods on Flannel for no network cause': {
    objects: [
      flannel,
      node('n1'),
      pod('many', { unschedulable: '0/3 nodes are available: 3 Too many pods.' }),
    ],
    outcome: 'clear',
    finds: [
      'unschedulable: 1 pod is not scheduled, for a reason outside the network: shop/many (up to 20 min).',
    ],
  },
  'leaves pods of the network plugin itself to their own check, and no others': {
    objects: [
      terway,
      node('n1'),
      pod('terway-x', { namespace: 'kube-system', set: 'terway-eniip', ips: ['10.0.0.4'] }),
      pod('csi-x', { namespace: 'kube-system', set: 'csi-plugin', ips: ['10.0.0.4'] }),
      pod('own', { set: 'terway-eniip', ips: ['10.0.0.5'] }),
    ],
    outcome: 'clear',
    finds: [
      'notNetwork: 2 pods are Pending for a reason outside the network (images, volumes, the container runtime, init containers): kube-system/csi-x, shop/own (up to 20 min).',
    ],
  },
  'does not call a volume that fails because nobody answers outside the network': {
    objects: [
      terway,
      node('n1'),
      pod('token'),
      event(
        'token',
        'FailedMount',
        'Unable to attach or mount volumes: unmounted volumes=[kube-api-access-x]: timed out waiting for the condition',
      ),
      event(
        'token',
        'FailedMount',
        'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: Post "https://172.21.0.1:443/api/v1": dial tcp 172.21.0.1:443: i/o timeout',
      ),
    ],
    outcome: 'found',
    finds: [
      'other: 1 pod waits to be created, and acknet knows no cause: shop/token (up to 20 min). A volume cannot be had, as nobody answers: "MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: Post "https://172.21.0.1:443/api/v1": dial tcp 172.21.0.1:443: i/o timeout". It may or may not be the network.',
    ],
  },
  'does not blame the network for images, volumes and init containers': {
    objects: [
      terway,
      node('n1'),
      pod('image'),
      pod('volume'),
      pod('init', { ips: ['10.0.0.9'] }),
      event('image', 'Failed', 'Failed to pull image "x": not found'),
      event('volume', 'FailedMount', 'MountVolume.SetUp failed for volume "x"'),
    ],
    outcome: 'clear',
    finds: [
      'notNetwork: 3 pods are Pending for a reason outside the network (images, volumes, the container runtime, init containers): shop/image, shop/volume, shop/init (up to 20 min).',
    ],
    evidence: ['Pod shop/init on n1: Pending for 20 min, has address 10.0.0.9'],
  },
  'names a CNI plugin that fails, one of Flannel’s that lacks what flanneld writes, and no runtime that does':
    {
      objects: [
        flannel,
        node('n1'),
        ...['tuning', 'port', 'old', 'subnet', 'runtime'].map((name) => pod(name)),
        event('tuning', 'FailedCreatePodSandBox', TUNING),
        event('port', 'FailedCreatePodSandBox', 'plugin type="portmap" failed (add): unable to create chain'),
        event(
          'old',
          'FailedCreatePodSandBox',
          'networkPlugin cni failed to set up pod "old_shop" network: cni0 is odd',
        ),
        event(
          'subnet',
          'FailedCreatePodSandBox',
          'plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
        ),
        event(
          'runtime',
          'FailedCreatePodSandBox',
          'failed to create containerd task: OCI runtime create failed: runc create failed: EOF',
        ),
      ],
      outcome: 'found',
      finds: [
        failing('tuning', TUNING),
        failing('port', 'plugin type="portmap" failed (add): unable to create chain'),
        failing('old', 'networkPlugin cni failed to set up pod "old_shop" network: cni0 is odd'),
        'flannelNotReady: 1 pod waits because the network of its node is not ready: shop/subnet (up to 20 min, on n1). Look at Flannel there, and at its cniVersion.',
        'notNetwork: 1 pod is Pending for a reason outside the network (images, volumes, the container runtime, init containers): shop/runtime (up to 20 min).',
      ],
    },
  'tells pods of one fault together, whatever their names': {
    objects: [
      flannel,
      node('n1'),
      pod('a'),
      pod('b'),
      event('a', 'FailedCreatePodSandBox', 'plugin type="portmap" failed (add): exit status 3 for "a"'),
      event('b', 'FailedCreatePodSandBox', 'plugin type="portmap" failed (add): exit status 3 for "b"'),
    ],
    outcome: 'found',
    finds: [
      `pluginFails: 2 pods wait because a CNI plugin fails, for a reason that acknet does not know: shop/a, shop/b (up to 20 min, on n1). ${says('plugin type="portmap" failed (add): exit status 3 for "a"')}`,
    ],
  },
  'blames no network for a node that is down': {
    objects: [
      terway,
      node('n1', { ready: 'Unknown', readyMessage: 'Kubelet stopped posting node status.' }),
      node('n2', {
        ready: 'False',
        readyMessage: 'PLEG is not healthy: pleg was last seen active 3m12s ago',
      }),
      pod('a'),
      pod('b', { node: 'n2' }),
    ],
    outcome: 'clear',
    finds: [
      'nodeDown: 2 pods wait on nodes that are not Ready, for a reason outside the network: shop/a, shop/b (up to 20 min, on n1, n2).',
    ],
  },
  'is honest about what it does not recognise, of several namespaces': {
    objects: [
      terway,
      node('n1'),
      pod('odd'),
      pod('silent', { namespace: 'pay' }),
      event('odd', 'FailedCreatePodSandBox', 'Failed to create pod sandbox: the moon is full'),
    ],
    outcome: 'found',
    finds: [
      `other: 1 pod waits to be created, and acknet knows no cause: shop/odd (up to 20 min). ${says('Failed to create pod sandbox: the moon is full')} It may or may not be the network.`,
      `other: 1 pod waits to be created, and acknet knows no cause: pay/silent (up to 20 min). ${SILENCE} It may or may not be the network.`,
    ],
    evidence: [
      'the moon is full',
      'Pod pay/silent on n1: Pending for 20 min, no warning about it within the last hour',
    ],
  },
  'takes events of two hours ago, and of a pod that had the same name, as history': {
    objects: [
      terway,
      node('n1'),
      pod('a', { uid: 'second' }),
      pod('b'),
      event('a', 'AllocIPFailed', 'vsw-1 ip is not enough'),
      event('b', 'AllocIPFailed', 'vsw-1 ip is not enough', { lastTimestamp: '2026-11-24T00:55:00Z' }),
    ],
    outcome: 'found',
    finds: [
      `other: 2 pods wait to be created, and acknet knows no cause: shop/a, shop/b (up to 20 min). ${SILENCE} It may or may not be the network.`,
    ],
  },
  'counts what it does not show': {
    objects: [terway, node('n1'), ...Array.from({ length: 9 }, (_, index) => pod(`p${index}`))],
    outcome: 'found',
    finds: [
      `other: 9 pods wait to be created, and acknet knows no cause: shop/p0, shop/p1, shop/p2, shop/p3, shop/p4 and 4 more (up to 20 min). ${SILENCE} It may or may not be the network.`,
    ],
    evidence: ['Further pods of this group: 3 more'],
  },
  'cannot tell of pods without times or without a phase': {
    objects: [
      terway,
      node('n1'),
      { ...pod('a'), metadata: { name: 'a', namespace: 'shop' } },
      { ...pod('b'), status: 'Pending' },
    ],
    outcome: 'unknown',
    says: '2 pods do not say whether or since when they are Pending: shop/b, shop/a',
  },
  'cannot tell without the right to list events': {
    objects: [terway, node('n1'), pod('a')],
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'may not',
  },
});

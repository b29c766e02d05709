import { beforeAll, describe, expect, it } from '@jest/globals';
import { rankedIds } from '../../../src/intents/evaluation/evaluate.js';
import type { Match, MatchContext } from '../../../src/intents/intent.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const match = (text: string, context?: MatchContext): Match => knowledge.matcher.match(text, context);

const offered = (text: string, context?: MatchContext): readonly string[] => {
  const result = match(text, context);
  return result.kind === 'unplaced' ? [] : rankedIds(result);
};

const onlyFor = (plugin: string): readonly string[] =>
  knowledge.intents.filter((intent) => intent.plugin?.only === plugin).map(({ id }) => id);

describe('a text that several components print', () => {
  it.each([
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "77aa": plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
    'network for pod "api-0": networkPlugin cni failed to set up pod "api-0_prod" network: unexpected end of JSON input',
    'Warning FailedCreatePodSandBox kubelet Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    'listen tcp :9153: bind: address already in use',
    'dial tcp 10.1.2.3:443: i/o timeout',
    '192.168.7.21',
    'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'networkPlugin cni failed to teardown pod "job-9_batch" network: context deadline exceeded',
  ])('places nothing alone: %s', (text) => {
    expect(match(text).kind).toBe('unplaced');
  });

  it.each([
    'joined a worker to the Terway cluster, it never gets Ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'node NotReady, cni plugin not initialized, the pods of the network plugin run; after a containerd restart it is fine',
    'installed 1.24 by ansible with calico, pod cidr 10.200.0.0/16, kubelet: Network plugin returns error: cni plugin not initialized',
    "newest kube-flannel.yml applied and no node gets Ready, its DaemonSet is fine. kubelet log:\ncni.go:132] Error loading CNI config file /etc/cni/net.d/10-flannel.conf: no 'type'; perhaps this is a .conflist?\ncni.go:172] Unable to update cni config: No valid networks found in /etc/cni/net.d",
    "applied the latest kube-flannel.yml, pods fine, nodes not. cni.go:132] Error loading CNI config file /etc/cni/net.d/10-flannel.conf: no 'type'; perhaps this is a .conflist?",
  ])('is never sure: %s', (text) => {
    expect(match(text).kind).not.toBe('sure');
  });
});

describe('a plugin that is named', () => {
  it.each([
    [
      'terway',
      'some pods on terway loop: failed to setup network for sandbox "1f": add cmd: error alloc ip from grpc call: rpc error: code = Unknown desc = pod shop/web-1 resource processing',
    ],
    [
      'terway',
      'Terway gives out no addresses since the chaos test. pool.go:598] Get "http://100.100.100.200/latest/meta-data/network/interfaces/macs/": dial tcp 100.100.100.200:80: i/o timeout',
    ],
    ['terway', 'terway pods: network: unexpected end of JSON input'],
    ['terway', 'cmdAdd: error alloc ip rpc error: code = DeadlineExceeded desc = context deadline exceeded'],
    ['flannel', 'flannel: no free addresses on the node, pods get no ip'],
    [
      'flannel',
      'plugin type="flannel" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.7.0.1-10.7.0.62',
    ],
  ])('rules out the other one: %s in %s', (plugin, text) => {
    const others = onlyFor(plugin === 'terway' ? 'flannel' : 'terway');
    expect(offered(text).filter((id) => others.includes(id))).toEqual([]);
  });

  it.each(['terway', 'flannel'])(
    'need not be in the message where the cluster is known to run %s',
    (plugin) => {
      const text = 'pods get no ip address, they stay in ContainerCreating';
      const others = onlyFor(plugin === 'terway' ? 'flannel' : 'terway');
      expect(offered(text, { plugin }).length).toBeGreaterThan(0);
      expect(offered(text, { plugin }).filter((id) => others.includes(id))).toEqual([]);
    },
  );

  it('is heard against what the cluster runs: one may ask about the other', () => {
    const text = 'how would flannel behave when no IP addresses are available in range set';
    expect(offered(text, { plugin: 'terway' })[0]).toBe('flannel-no-ip-available');
  });

  it('rules out nothing where both are named', () => {
    expect(offered('can we go from flannel to terway on the running cluster')[0]).toBe(
      'switch-network-plugin',
    );
  });

  it.each([
    'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized',
    'cilium agent not ready, pods stuck in ContainerCreating without ip',
    'EKS: failed to assign an IP address to container, pods hang in ContainerCreating',
    'aks node keeps the node.kubernetes.io/network-unavailable taint',
    'hetzner: hcloud CreateRoute fails, node.kubernetes.io/network-unavailable stays',
    'aws-node ipamd: no free ENI, InsufficientFreeAddressesInSubnet',
    'weave-net: unable to allocate IP address',
    'antrea-agent fails, failed to setup network for sandbox',
    '{"level":"debug","caller":"ipamd/rpc_handler.go:41","msg":"no ip address available, pool is used up"}',
    '华为云的集群 pod 拿不到地址',
  ])('and is not ours leaves entries that speak of it alone: %s', (text) => {
    expect(match(text).kind).not.toBe('sure');
    expect(offered(text).filter((id) => [...onlyFor('terway'), ...onlyFor('flannel')].includes(id))).toEqual(
      [],
    );
  });

  it('and is not ours is answered where it is asked about', () => {
    expect(offered('may I install calico on an ACK cluster')[0]).toBe('third-party-plugins');
  });
});

describe('an error text that two entries have', () => {
  const RANGE =
    'network for pod "job-1": failed to allocate for range 0: no IP addresses available in range set: 10.9.0.1-10.9.0.254';
  const VSWITCH = 'Code: InvalidVSwitchId.IpNotEnough Message: The specified VSwitch "vsw-a"';

  it.each([
    ['this worker has 250 pods and every pod is needed', RANGE, 'flannel-pod-cidr-exhausted'],
    ['hardly any pods run on that worker', RANGE, 'flannel-no-ip-available'],
    ['节点上只有十几个容器', RANGE, 'flannel-no-ip-available'],
    [
      'added a second vsw yesterday, restarted terway, only the old workers say so',
      VSWITCH,
      'vswitch-expanded-still-no-ip',
    ],
    ['terway since this morning', VSWITCH, 'vswitch-ip-exhausted'],
  ])('is decided by what is said beside it: %s', (said, error, id) => {
    expect(offered(`${said}\n${error}`)[0]).toBe(id);
    expect(offered(`${error}\n${said}`)[0]).toBe(id);
  });

  it.each([
    [RANGE, 'flannel-no-ip-available', 'flannel-pod-cidr-exhausted'],
    [VSWITCH, 'vswitch-ip-exhausted', 'vswitch-expanded-still-no-ip'],
  ])('speaks for both of them alike: %s', (text, one, other) => {
    const { entries } = knowledge.matcher.explain(text);
    const of = (id: string) => entries.find((entry) => entry.id === id)?.bySignal['error-text'];
    expect(of(one)).toBeGreaterThan(0);
    expect(of(other)).toBe(of(one));
  });
});

describe('an error about the configuration file of kube-proxy', () => {
  it.each([
    'kube-proxy: unknown field "udpIdleTimeout"',
    'kube-proxy: strict decoding error: unknown field "ipvs.udpTimeOut"',
    'kube-proxy prints err="strict decoding error: unknown field \\"udpIdleTimeout\\", unknown field \\"portRange\\""',
    'is our config broken? kube-proxy prints\nW0702 17:19:47.678898 1 server.go:439] using lenient decoding as strict decoding failed: strict decoder error for ---\napiVersion: kubeproxy.config.k8s.io/v1alpha1\nconntrack:\n  max: 0\n  maxPerCore: 32768\nudpIdleTimeout: 250ms: v1alpha1.KubeProxyConfiguration.Conntrack: v1alpha1.KubeProxyConntrackConfiguration.ReadObject: found unknown field: max, error found in #10 byte of ...|ck":{"max":0,"maxPer|...',
    'our kube-proxy ends with: failed complete: unrecognized feature gate: MountPropagation\nfeatureGates:\n  MountPropagation: true\nconntrack:\n  maxPerCore: 32768\n  min: 131072',
    '2025-02-11T10:00:01Z stderr F I0211 10:00:01.1 1 server.go:511] "Using lenient decoding as strict decoding failed" err="strict decoding error: unknown field \\"iptables.masqueradeAlll\\""',
    'F0913 12:15:18.067233 1 server.go:486] failed complete: cannot set feature gate BoundServiceAccountTokenVolume to false, feature is locked to true  (kube-proxy, 1.22)',
  ])('is about the file, whatever field it names: %s', (text) => {
    expect(offered(text)[0]).toBe('kube-proxy-config');
    expect(match(text)).not.toMatchObject({ kind: 'sure', best: { id: 'ipvs-udp-timeout' } });
  });
});

describe('a name that is not ours', () => {
  it.each(['does DigitalOcean support dual stack clusters', 'OpenShift: pods get no IP address'])(
    'is known however it is written: %s',
    (text) => {
      expect(match(text).kind).not.toBe('sure');
      expect(knowledge.matcher.explain(text).analysis.named.others).toEqual(['other-cloud']);
    },
  );

  it('is not cut into words of ours', () => {
    const { concepts, foreign } = knowledge.matcher.explain('CrashLoopBackOff in a StatefulSet').analysis;
    expect([concepts, foreign]).toEqual([[], ['crashloopbackoff', 'statefulset']]);
  });

  it('leaves no entry sure by being alone', () => {
    const text =
      'F0513 server.go:495] open /proc/sys/net/netfilter/nf_conntrack_max: permission denied\nkube-proxy in minikube on a laptop';
    expect(match(text).kind).not.toBe('sure');
  });
});

describe('what is asked', () => {
  it('is sure where one entry leaves the others nothing, long before it and after', () => {
    const text =
      'the hostPort of a container is not reachable with the plain flannel manifest\n\nan add-on of ours needs a hostPort, no node answers on that port. k8s 1.24, vxlan. Is there anything to set so that host ports work?';
    expect(match(text)).toMatchObject({ kind: 'sure', best: { id: 'hostport-support' } });
  });

  it.each([
    'node stays NotReady after a reboot, containerd 1.6: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'terway node NotReady: cni plugin not initialized, /etc/cni/net.d is empty',
  ])('is not sure by a text that every plugin brings about: %s', (text) => {
    expect(match(text).kind).not.toBe('sure');
    if (text.includes('terway')) expect(offered(text)).not.toContain('flannel-cni-version');
  });

  it.each([
    [
      'pods cannot call their own service, our flannel manifest is below',
      'kind: ConfigMap\nmetadata:\n  name: kube-flannel-cfg\ndata:\n  cni-conf.json: |\n    {\n      "name": "cb0",\n      "type": "flannel",\n      "delegate": {\n        "isDefaultGateway": true\n      }\n    }\n',
      'pod-self-access',
    ],
    [
      'how do I raise the limit of tracked connections? our settings:',
      'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\nipvs:\n  scheduler: rr\n  udpTimeout: 0s\n',
      'conntrack-limit',
    ],
    [
      'are we on IPvlan with this, or is acceleration off?',
      '{ "plugins": [ { "type": "terway", "eniip_virtual_type": "IPVlan" }, { "type": "portmap", "capabilities": {"portMappings": true} } ] }',
      'terway-acceleration-mode',
    ],
  ])('decides, not the manifest beside it: %s', (asked, manifest, id) => {
    expect(offered(`${asked}\n${manifest}`)[0]).toBe(id);
    expect(offered(`${manifest}\n${asked}`)[0]).toBe(id);
  });
});

describe('reports that an entry is about', () => {
  it.each([
    [
      'what is FailedToCreateRoute? our sink forwards it for a machine that is switched off\nLevel:Warning\nKind:Node\nReason:FailedToCreateRoute\nMessage:could not create route 172.19.2.64/27 for node cn-hangzhou.i-bp1example: timed out waiting for the condition -> instance not found',
      'node-network-unavailable',
    ],
    [
      'a hostPort in the container spec cannot be reached on any node, stock flannel. do I have to do something?',
      'hostport-support',
    ],
    [
      "kube-proxy set to ipvs, yet iptables is used: can't determine whether to use ipvs proxy, error: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_sh ip_vs]",
      'ipvs-scheduler',
    ],
  ])('are answered with it: %s', (text, id) => {
    expect(offered(text)[0]).toBe(id);
  });

  it.each([
    'cmdAdd: error alloc ip rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    'rpc error: code = Unknown desc = error wait pod eni info, timed out waiting for the condition',
  ])('of Terway that gets no address are offered its address entries, for certain none: %s', (text) => {
    expect(match(text).kind).toBe('torn');
    expect(offered(text)[0]).toBe('vswitch-ip-exhausted');
  });

  it('of a zone without a vSwitch are never sure', () => {
    const text =
      'Warning CniPodCreateError terway-controlplane/pod can not found available vSwitch for zone cn-hangzhou-k\nerror get podNetworking fixed-ips: PodNetworking.network.alibabacloud.com "fixed-ips" not found';
    expect(match(text).kind).not.toBe('sure');
  });
});

describe('correction', () => {
  const words = (text: string): readonly string[] => knowledge.matcher.explain(text).analysis.words;

  it.each([
    ['error: code = NotFound desc = no such pol', 'pol'],
    ['E0912 10:00:00.000001 1 server.go:9] flanel is mising', 'flanel'],
    ['set maxPerCor in the file', 'cor'],
    ['$ kubectl get noeds', 'noeds'],
  ])('never touches logs, keys and commands: %s', (text, word) => {
    expect(words(text)).toContain(word);
  });

  it('mends what is asked beside them', () => {
    expect(words('why is flanel down\nE0912 10:00:00.000001 1 server.go:9] flanel is mising')).toEqual(
      expect.arrayContaining(['flannel', 'flanel']),
    );
  });
});

describe('where no entry is about a text', () => {
  it.each([
    [
      'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      'node-network-unavailable',
    ],
    [
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9a": plugin type="flannel" failed (add): open /run/flannel/subnet.env: no such file or directory',
      'pods-stuck-creating',
    ],
  ])('the checks that can see it are named: %s', (text, check) => {
    const result = match(text);
    expect(result.kind).toBe('unplaced');
    expect(result).toMatchObject({ suggestChecks: expect.arrayContaining([check]) });
  });

  it.each(['our RDS bill doubled last month', 'thanks, that worked!', 'EKS nodes are not ready', 'lunch?'])(
    'and no check sees it, none is named: %s',
    (text) => {
      expect(match(text)).not.toHaveProperty('suggestChecks');
    },
  );
});

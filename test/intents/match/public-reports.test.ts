import { beforeAll, describe, expect, it } from '@jest/globals';
import { rankedIds } from '../../../src/intents/evaluation/evaluate.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const NOT_READY =
  'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** Reports that were once answered with the wrong entry; what components print is literal, the rest is told anew. */
describe('a public report', () => {
  it.each<[what: string, id: string, text: string]>([
    [
      'of a route that could not be created',
      'node-network-unavailable',
      'our event sink says FailedToCreateRoute of a node that was switched off, meaning?\nLevel:Warning\nReason:FailedToCreateRoute\nMessage:could not create route 172.18.9.64/27 for node cn-beijing.i-2zeexample7: timed out waiting for the condition -> instance not found',
    ],
    [
      'of a hostPort with a plain Flannel',
      'hostport-support',
      'stock kube-flannel.yml and the hostPort of a container is not reachable\n\nthe registry add-on needs one, nobody answers on that port of any node. v0.9.1, vxlan. Must I do anything so that host ports work?',
    ],
    [
      'of a gate that this kube-proxy never heard of',
      'kube-proxy-config',
      'kube-proxy does not come up since we went to 1.14\nF0409 09:41:04.965443 1 server.go:463] failed complete: unrecognized feature gate: MountPropagation\nfeatureGates:\n  MountPropagation: true\nconntrack:\n  maxPerCore: 32768',
    ],
    [
      'of a gate that is locked',
      'kube-proxy-config',
      'after 1.22 kube-proxy ends at once\nF0913 12:15:18.067233 1 server.go:486] failed complete: cannot set feature gate BoundServiceAccountTokenVolume to false, feature is locked to true\ngoroutine 1 [running]:',
    ],
    [
      'of fields that its file does not have',
      'kube-proxy-config',
      'kube-proxy logs this, must I care?\nserver.go:439] using lenient decoding as strict decoding failed: strict decoder error for ---\nudpIdleTimeout: 250ms: v1alpha1.KubeProxyConfiguration.Conntrack: v1alpha1.KubeProxyConntrackConfiguration.ReadObject: found unknown field: max, error found in #10 byte of ...|ck":{"max":0,"maxPer|...',
    ],
    ['of one such field', 'kube-proxy-config', 'kube-proxy: unknown field "udpIdleTimeout"'],
    [
      'of kernel modules that are missing',
      'ipvs-scheduler',
      "kube-proxy is to use ipvs and takes iptables\nE0514 13:55:16.139837 1 server_others.go:304] can't determine whether to use ipvs proxy, error: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_sh ip_vs ip_vs_rr]\nserver_others.go:140] Using iptables Proxier.",
    ],
    [
      'that holds a manifest beside what is asked',
      'pod-self-access',
      'pods cannot reach the service of their own, our flannel:\n  cni-conf.json: |\n    {\n      "name": "cb0",\n      "type": "flannel",\n      "delegate": {\n        "isDefaultGateway": true\n      }\n    }\n        - /etc/cni/net.d/10-flannel.conf\n        volumeMounts:\n        - name: cni\n          mountPath: /etc/cni/net.d',
    ],
  ])('%s is answered: %s', (_what, id, text) => {
    expect(knowledge.matcher.match(text)).toMatchObject({ kind: 'sure', best: { id } });
  });

  it.each<[what: string, atMost: RegExp, text: string]>([
    [
      'of a list in a .conf file',
      /^(flannel-cni-version|node-network-unavailable)$/,
      "the newest kube-flannel.yml is applied, its pods run, no node turns Ready. The kubelet:\ncni.go:132] Error loading CNI config file /etc/cni/net.d/10-flannel.conf: no 'type'; perhaps this is a .conflist?\ncni.go:172] Unable to update cni config: No valid networks found in /etc/cni/net.d\nnetwork plugin is not ready: cni config uninitialized",
    ],
    [
      'of a zone and a PodNetworking that are missing',
      /^(vswitch-|pod-ip-outside-vswitch|terway-)/,
      'terway, CniPodCreateError on a statefulset\nerror get podNetworking fixed-pool: PodNetworking.network.alibabacloud.com "fixed-pool" not found\ncan not found available vSwitch for zone cn-hangzhou-k',
    ],
    [
      'of an address that Terway did not get in time',
      /^(vswitch-|pod-ip-outside-vswitch|terway-pod-capacity)/,
      'cmdAdd: error alloc ip rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    ],
    [
      'of an address that Terway waited for',
      /^(vswitch-|pod-ip-outside-vswitch|terway-pod-capacity)/,
      'error wait pod eni info',
    ],
    [
      'of a node without a CNI config, no plugin named',
      /./,
      `1.24 with containerd 1.6, the plugin's pods run and the node stays NotReady until containerd restarts: ${NOT_READY}`,
    ],
    [
      'of such a node with Terway',
      /^(?!flannel)/,
      `the newest node of our ACK Terway cluster does not get Ready: ${NOT_READY}`,
    ],
    [
      'of a pod that Terway still works on',
      /^(vswitch-|pod-ip-outside-vswitch|terway-)/,
      'terway: failed to setup network for sandbox "1f": add cmd: error alloc ip from grpc call: rpc error: code = Unknown desc = pod shop/web-1 resource processing',
    ],
    [
      'of a metadata service that does not answer',
      /^(vswitch-|pod-ip-outside-vswitch|terway-pod-capacity)/,
      'Terway gives no IP since a chaos test, new pods never run\nE0829 15:45:49.508372 pool.go:598] subSys=pool Get "http://100.100.100.200/latest/meta-data/network/interfaces/macs/": dial tcp 100.100.100.200:80: i/o timeout\nsts.go:53] subSys=credential resolve encrypted credential',
    ],
  ])('%s is asked back about at most, over %s', (_what, atMost, text) => {
    const match = knowledge.matcher.match(text);
    expect(match.kind).not.toBe('sure');
    const offered = match.kind === 'torn' ? rankedIds(match) : [];
    expect(offered.filter((id) => !atMost.test(id))).toEqual([]);
  });

  it.each<[what: string, text: string]>([
    [
      'of output that is cut off',
      'new pods on terway: network for pod "api-0": networkPlugin cni failed to set up pod "api-0_prod" network: unexpected end of JSON input',
    ],
    ['of the same as one line', 'terway pod: unexpected end of JSON input'],
    [
      "of Flannel's missing subnet.env",
      'coredns hangs: Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "4e": plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
    ],
    [
      'of a node without a CNI config with Calico',
      `fresh 1.24 by puppet with calico, all nodes NotReady, pod cidr 192.168.0.0/16. kubelet: ${NOT_READY}`,
    ],
  ])('%s is not known', (_what, text) => {
    expect(knowledge.matcher.match(text).kind).toBe('unplaced');
  });
});

import { type Scenario, scenarioSchema } from '../../sandbox/cluster/scenario.js';
import { vSwitches } from './cluster-pages.js';

const terway = 'registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/terway:v1.17.2';

/** What is small however large the cluster: its ConfigMaps and DaemonSets. */
export function baseScenario(nodes: number): Scenario {
  const status = {
    ...{ desiredNumberScheduled: nodes, currentNumberScheduled: nodes, numberReady: nodes },
    ...{ numberAvailable: nodes, updatedNumberScheduled: nodes, observedGeneration: 1 },
  };
  const daemonSet = (name: string, containers: object[], init: object[] = []) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system', labels: { app: name }, generation: 1 },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers, initContainers: init } },
      updateStrategy: { type: name === 'kube-proxy-worker' ? 'OnDelete' : 'RollingUpdate' },
    },
    status,
  });
  return scenarioSchema.parse({
    name: 'bench',
    title: 'For measurements',
    kubernetes: 'v1.31.1-aliyun.1',
    ipStack: 'dual',
    crds: ['network.alibabacloud.com', 'cilium.io', 'crd.projectcalico.org'],
    pools: [{ name: 'np', count: 1, zone: 'cn-hangzhou-h', nodeName: 'unused' }],
    configMaps: [
      {
        name: 'ack-cluster-profile',
        data: {
          clusterid: 'c4f1',
          vpcid: 'vpc-bp1',
          serviceCIDR: '172.16.0.0/12,fc00::/112',
          ipStack: 'dual',
        },
      },
      {
        name: 'eni-config',
        data: {
          eni_conf: JSON.stringify({
            version: '1',
            ipam_type: 'crd',
            ip_stack: 'dual',
            vswitches: Object.fromEntries(Object.entries(vSwitches).map(([zone, id]) => [zone, [id]])),
          }),
          '10-terway.conf': JSON.stringify({
            type: 'terway',
            name: 'terway',
            eniip_virtual_type: 'datapathv2',
          }),
          disable_network_policy: 'true',
          in_cluster_loadbalance: 'true',
        },
      },
      {
        name: 'kube-proxy-worker',
        data: {
          'config.conf':
            'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: 10.0.0.0/8\nmode: ipvs\nconntrack:\n  maxPerCore: 65536\n',
        },
      },
      {
        name: 'coredns',
        data: {
          Corefile:
            '.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . /etc/resolv.conf\n}\n',
        },
      },
    ],
    objects: [
      daemonSet(
        'terway-eniip',
        ['terway', 'policy'].map((name) => ({ name, image: terway })),
        [{ name: 'terway-init', image: terway }],
      ),
      daemonSet('kube-proxy-worker', [
        {
          name: 'kube-proxy-worker',
          image: 'registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/kube-proxy:v1.31.1-aliyun.1',
        },
      ]),
    ],
    show: { configMaps: [], daemonSets: [] },
  });
}

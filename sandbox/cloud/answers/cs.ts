import { type Answer, CloudRefusal, type CloudWorld } from '../cloud-world.js';

const describeClusterDetail: Answer = (world, { clusterId }) => {
  refuseOther(world, clusterId);
  const { scenario } = world;
  const profile = profileOf(world);
  return {
    one: {
      cluster_id: scenario.clusterId,
      name: scenario.name,
      state: 'running',
      cluster_type: 'ManagedKubernetes',
      profile: 'Default',
      cluster_spec: 'ack.pro.small',
      current_version: scenario.kubernetes.replace(/^v/, ''),
      region_id: scenario.region,
      vpc_id: scenario.cloud.vpc.id,
      vswitch_ids: scenario.vSwitches.slice(0, 2).map(({ id }) => id),
      security_group_id: 'sg-bp1k3m5o7q9s1u3w5y7a',
      service_cidr: profile.serviceCIDR ?? '192.168.0.0/16',
      container_cidr: podRange(world),
      node_cidr_mask: podRange(world) === '' ? '' : '24',
      proxy_mode: 'ipvs',
      created: '2025-04-07T09:57:26+08:00',
      worker_ram_role_name: `KubernetesWorkerRole-${scenario.clusterId.slice(1, 9)}`,
      control_plane_endpoints_config: {
        load_balancers_config: [
          {
            load_balancer_id: 'lb-bp1a2p3i4s5r6v7r8',
            endpoint_type: 'private',
            endpoint: 'https://10.0.0.10:6443',
          },
        ],
      },
      ip_stack: scenario.ipStack,
      ...scenario.cloud.detail,
    },
  };
};

/** Flannel alone has one. */
const podRange = ({ scenario }: CloudWorld): string => {
  const first = scenario.pools.find(({ podNetwork }) => podNetwork !== undefined)?.podNetwork;
  return first === undefined ? '' : `${first}.0.0/16`;
};

const profileOf = ({ scenario }: CloudWorld): Readonly<Record<string, string>> =>
  scenario.configMaps.find(({ name }) => name === 'ack-cluster-profile')?.data ?? {};

function refuseOther({ scenario }: CloudWorld, clusterId: string | undefined): void {
  if (clusterId !== scenario.clusterId)
    throw new CloudRefusal(404, 'ErrorClusterNotFound', 'cluster not found');
}

const listClusterAddonInstances: Answer = (world, { clusterId }) => {
  refuseOther(world, clusterId);
  return {
    one: {
      addons: world.scenario.cloud.addOns.map(({ name, version }) => ({ name, version, state: 'active' })),
    },
  };
};

const listAddons: Answer = (world, { cluster_id }) => {
  refuseOther(world, cluster_id);
  return {
    one: {
      addons: world.scenario.cloud.addOns.map(({ name, version, offered }) => ({
        name,
        version: offered ?? version,
        category: 'network',
      })),
    },
  };
};

export const csAnswers: Readonly<Record<string, Answer>> = {
  DescribeClusterDetail: describeClusterDetail,
  ListClusterAddonInstances: listClusterAddonInstances,
  ListAddons: listAddons,
};

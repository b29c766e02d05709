import { text } from '../../../src/cluster/fields.js';
import { toSecond } from '../../cluster/relative-time.js';
import { CLUSTER_GROUP } from '../../cluster/scenario-schema/security-group-schema.js';
import { type NodeVSwitch, nodeVSwitches } from '../node-v-switches.js';
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
      vswitch_ids: controlPlane(world).map(({ id }) => id),
      security_group_id: CLUSTER_GROUP,
      service_cidr: profile.serviceCIDR ?? serviceBlock(world),
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

/** Those that the cluster was created in; where its profile names none, of its pods. */
const controlPlane = ({ scenario }: CloudWorld): readonly NodeVSwitch[] => {
  const named = nodeVSwitches(scenario);
  return named.length > 0 ? named : scenario.vSwitches.slice(0, 2);
};

/** Flannel alone has one. */
const podRange = ({ scenario }: CloudWorld): string => {
  const first = scenario.pools.find(({ podNetwork }) => podNetwork !== undefined)?.podNetwork;
  return first === undefined ? '' : `${first}.0.0/16`;
};

/** Of a cluster whose profile names none: the /20 that its Services are in. */
const serviceBlock = ({ scenario }: CloudWorld): string => {
  const first = text(scenario.services[0], 'spec', 'clusterIP');
  return first === undefined ? '192.168.0.0/16' : `${first.replace(/\.\d+$/, '.0')}/20`;
};

const profileOf = ({ scenario }: CloudWorld): Readonly<Record<string, string>> =>
  scenario.configMaps.find(({ name }) => name === 'ack-cluster-profile')?.data ?? {};

function refuseOther({ scenario }: CloudWorld, clusterId: string | undefined): void {
  if (clusterId !== scenario.clusterId)
    throw new CloudRefusal(404, 'ErrorClusterNotFound', 'cluster not found');
}

interface AddOn {
  readonly name: string;
  readonly version: string;
  readonly offered?: string | undefined;
}

/** As ACK calls what these DaemonSets are of. */
const ofDaemonSets: Readonly<Record<string, string>> = {
  'terway-eniip': 'terway-eniip',
  'terway-eni': 'terway-eni',
  'kube-flannel-ds': 'flannel',
};

/** Those of the scenario, and what its DaemonSets run, in that version. */
function addOnsOf({ scenario: { cloud, daemonSets } }: CloudWorld): readonly AddOn[] {
  const run = daemonSets.flatMap(({ name, containers }): readonly AddOn[] => {
    const addOn = ofDaemonSets[name];
    const version = text(containers[0], 'image')?.split(':').at(-1);
    return addOn === undefined || version === undefined ? [] : [{ name: addOn, version }];
  });
  return [...cloud.addOns, ...run.filter(({ name }) => !cloud.addOns.some((own) => own.name === name))];
}

const listClusterAddonInstances: Answer = (world, { clusterId }) => {
  refuseOther(world, clusterId);
  return {
    one: { addons: addOnsOf(world).map(({ name, version }) => ({ name, version, state: 'active' })) },
  };
};

const listAddons: Answer = (world, { cluster_id }) => {
  refuseOther(world, cluster_id);
  return {
    one: {
      addons: addOnsOf(world).map(({ name, version, offered }) => ({
        name,
        version: offered ?? version,
        category: 'network',
      })),
    },
  };
};

/** Of the cluster's own version, and of none that it is not asked for. */
const describeKubernetesVersionMetadata: Answer = (
  { scenario, now },
  { Region, ClusterType, KubernetesVersion },
) => {
  if (Region === undefined || ClusterType === undefined)
    throw new CloudRefusal(400, 'MissingParameter', 'Region and ClusterType are needed.');
  const version = scenario.kubernetes.replace(/^v/, '');
  const end = now().getTime() + scenario.cloud.supportedDays * 86_400_000;
  return {
    bare:
      KubernetesVersion !== undefined && KubernetesVersion !== version
        ? []
        : [{ version, creatable: true, expiration_date: toSecond(new Date(end)) }],
  };
};

export const csAnswers: Readonly<Record<string, Answer>> = {
  DescribeClusterDetail: describeClusterDetail,
  ListClusterAddonInstances: listClusterAddonInstances,
  ListAddons: listAddons,
  DescribeKubernetesVersionMetadata: describeKubernetesVersionMetadata,
};

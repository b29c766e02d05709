import { z } from 'zod';
import type { CloudRead } from '../ports.js';

const optional = z.string().nullish();

const clusterDetail = z
  .looseObject({
    vpc_id: z.string().min(1),
    region_id: optional,
    vswitch_ids: z.array(z.string()).nullish(),
    security_group_id: optional,
    container_cidr: optional,
    node_cidr_mask: optional,
    service_cidr: optional,
    proxy_mode: optional,
    ip_stack: optional,
    cluster_type: optional,
    profile: optional,
    cluster_spec: optional,
    current_version: optional,
    next_version: optional,
    created: optional,
    worker_ram_role_name: optional,
    control_plane_endpoints_config: z
      .looseObject({
        load_balancers_config: z
          .array(z.looseObject({ load_balancer_id: optional, endpoint_type: optional }))
          .nullish(),
      })
      .nullish(),
  })
  .transform((raw) => ({
    vpc: raw.vpc_id,
    region: raw.region_id ?? undefined,
    /** Of the control plane. */
    vSwitches: raw.vswitch_ids ?? [],
    securityGroup: raw.security_group_id || undefined,
    /** Flannel alone has one. */
    podCidr: raw.container_cidr || undefined,
    nodeCidrMask: raw.node_cidr_mask || undefined,
    serviceCidr: raw.service_cidr || undefined,
    proxyMode: raw.proxy_mode || undefined,
    ipStack: raw.ip_stack || undefined,
    type: raw.cluster_type || undefined,
    spec: raw.cluster_spec || undefined,
    version: raw.current_version || undefined,
    nextVersion: raw.next_version || undefined,
    created: raw.created || undefined,
    workerRole: raw.worker_ram_role_name || undefined,
    /** Of the API server. */
    loadBalancers: (raw.control_plane_endpoints_config?.load_balancers_config ?? []).flatMap(
      ({ load_balancer_id: id, endpoint_type: type }) => (id ? [{ id, type: type || undefined }] : []),
    ),
  }));
export type ClusterDetail = z.infer<typeof clusterDetail>;

export const clusterDetails: CloudRead<ClusterDetail> = {
  action: 'cs:DescribeClusterDetail',
  schema: clusterDetail,
};

import type { KubernetesObject } from '@kubernetes/client-node';

/** The fields of `nodes.network.alibabacloud.com` that are read; the library has no type of it. Source: cluster-signals 2.7. */
export interface TerwayNodeObject extends KubernetesObject {
  spec?: {
    nodeMetadata?: { zoneID?: string };
    nodeCap?: { adapters?: number; ipv4PerAdapter?: number; ipv6PerAdapter?: number };
    eni?: { vSwitchOptions?: string[]; enableIPv4?: boolean; enableIPv6?: boolean; enableIPPrefix?: boolean };
    flavor?: { count?: number }[];
    /** From Terway 1.17 on. */
    datapath?: { type?: string };
  };
  status?: { networkInterfaces?: { [id: string]: TerwayInterfaceObject } };
}

export interface TerwayInterfaceObject {
  id?: string;
  status?: string;
  macAddress?: string;
  vSwitchID?: string;
  networkInterfaceType?: string;
  ipv4CIDR?: string;
  ipv4?: { [address: string]: TerwayAddressObject };
  conditions?: { InsufficientIP?: { message?: string; observedTime?: string } };
}

export interface TerwayAddressObject {
  ip?: string;
  podID?: string;
  primary?: boolean;
  status?: string;
}

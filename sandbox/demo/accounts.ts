import type { z } from 'zod';
import type { cloudSchema } from '../cluster/scenario-schema/cloud-schema.js';

const NAT = 'ngw-bp1n0a1t2g3a4t5e6w7a8';
const toNat = { to: '0.0.0.0/0', hop: 'NatGateway', id: NAT };
/** Custom entries in one table, unless the quota was raised. */
const ROUTES_AT_MOST = 200;
/** The default route, and those to the four nodes that have theirs. */
const ROUTED = 5;

const branchOffices = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    to: `10.200.${place}.0/24`,
    hop: 'VpnGateway',
    id: 'vpn-bp1b3r5a7n9c1h3e5s7',
  }));

/** What Kubernetes does not show of the demo's clusters, by scenario; where nothing is said, all is well. */
export const accounts: Readonly<Record<string, z.input<typeof cloudSchema>>> = {
  'flannel-broken': {
    vpc: { cidr: '192.168.0.0/16' },
    natGateways: [{ id: NAT, snat: [{ cidr: '192.168.0.0/16' }] }],
    // What its events tell: a second table, and no room for the route of node 84 in the first.
    routeTables: [
      {
        id: 'vtb-bp1c7e9g1i3k5m7o9q1s',
        podRoutes: true,
        without: ['cn-hangzhou.192.168.0.84'],
        routes: [toNat, ...branchOffices(ROUTES_AT_MOST - ROUTED)],
      },
      { id: 'vtb-bp1o2f4t6h8e0l2d4a6b', type: 'Custom', vSwitches: [] },
    ],
  },
  'flannel-healthy': {
    vpc: { id: 'vpc-bp1aevy8sofi8mh1q5z01', cidr: '192.168.0.0/18' },
    natGateways: [{ id: NAT, snat: [{ cidr: '192.168.0.0/18' }] }],
    routeTables: [{ id: 'vtb-bp1z9x7v5t3r1p9n7l5j', podRoutes: true, routes: [toNat] }],
  },
  'dedicated-kube-proxy': {
    vpc: { id: 'vpc-bp1d3d1c4t3d5vpc7q9s0', cidr: '192.168.0.0/16', secondary: ['172.20.200.0/24'] },
    natGateways: [{ id: NAT, snat: [{ cidr: '192.168.0.0/16' }] }],
    routeTables: [
      { id: 'vtb-bp1d3d1c4t3d7tab9l1e3', podRoutes: true, routes: [toNat] },
      { id: 'vtb-bp1d3d1c4t3d8oth0e2r4', type: 'Custom', vSwitches: [] },
    ],
  },
  'dual-stack-ipv6': { vpc: { id: 'vpc-bp1d5v6p8c0d2u4a6l8s0', cidr: '10.1.0.0/16' } },
  'terway-exhausted': {
    free: { 'vsw-bp1d8f1h4j7l0n3p6r9t2': 0 },
    vSwitches: [
      { id: 'vsw-bp1s0p1a2r3e4z5o6n7e8i', zone: 'cn-hangzhou-i', cidr: '10.0.49.0/24', free: 251 },
      { id: 'vsw-bp1s0p1a2r3e4z5o6n7e8k', zone: 'cn-hangzhou-k', cidr: '10.0.50.0/24', free: 120 },
    ],
    natGateways: [{ id: NAT, snat: [{ cidr: '10.0.40.0/22' }] }],
    interfaces: [{ id: 'eni-bp1l0e1a2k3e4d5o6n7e8', vSwitch: 'vsw-bp1a4c7e9g2i5k8m1o3q6' }],
  },
};

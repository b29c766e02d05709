import type { CloudBeside } from '../../../sandbox/cloud/start-cloud-beside.js';
import { cloudSchema } from '../../../sandbox/cluster/scenario-schema/cloud-schema.js';
import { baseScenario } from '../base-scenario.js';
import { vSwitches } from '../cluster-pages.js';

/** Of the simulated account alone. */
export const BENCH_KEY = { id: 'LTAI5tBenchOfTheChecks00', secret: 'secret-of-the-bench' };

const NAT = 'ngw-bp1b2e3n4c5h6n7a8t9g0';

/** The account of the measured cluster: a /16 of addresses for pods a zone, Internet for all of them. */
export function accountScenario(nodes: number): CloudBeside['scenario'] {
  const blocks = Object.entries(vSwitches).map(([zone, id], at) => ({ id, zone, cidr: `11.${at}.0.0/16` }));
  return {
    ...baseScenario(nodes),
    vSwitches: blocks,
    cloud: cloudSchema.parse({
      vpc: { id: 'vpc-bp1', cidr: '10.0.0.0/8', secondary: ['11.0.0.0/8'] },
      natGateways: [{ id: NAT, snat: [{ cidr: '11.0.0.0/8' }] }],
      routeTables: [
        { id: 'vtb-bp1b2e3n4c5h6t7a8b9l0', routes: [{ to: '0.0.0.0/0', hop: 'NatGateway', id: NAT }] },
      ],
      instanceTypes: { 'ecs.g7.4xlarge': { enis: 8, addresses: 15, total: 30 } },
    }),
  };
}

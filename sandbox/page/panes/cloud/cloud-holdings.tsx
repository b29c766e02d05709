import type { ReactNode } from 'react';
import type { ClusterCloud } from '../../sandbox-state.js';
import { Foldable } from './foldable.js';
import { Line } from './line.js';
import { Part } from './part.js';

/** What the account holds at this moment, of what acknet may read. */
export const CloudHoldings = ({ cloud }: { cloud: ClusterCloud }): ReactNode => (
  <>
    <Part title="vSwitches" note={`${cloud.vpc.id} · ${cloud.vpc.cidrs.join(', ')}`}>
      {cloud.vSwitches.map(({ id, zone, cidr, free }) => (
        <Line key={id} name={id} good={free > 0} note={`${free} free`}>
          {zone} · {cidr}
        </Line>
      ))}
    </Part>
    <Part title="ENIs" note="by node">
      {cloud.nodes.map(({ node, interfaces, addresses, vSwitches }) => (
        <Line
          key={node}
          name={node}
          note={`${count(interfaces, 'ENI')}, ${count(addresses, 'IP')}`}
          title={vSwitches.join('\n')}
        />
      ))}
      {cloud.loose.map(({ id, status, instance, vSwitch }) => (
        <Line key={id} name={id} good={instance !== undefined} note={instance ?? status} title={vSwitch} />
      ))}
    </Part>
    <Part title="NAT gateways" note="and their SNAT entries">
      {cloud.natGateways.map(({ id, network, snat }) => (
        <Line key={id} name={id} good={snat.length > 0} note={network}>
          {snat.length === 0 ? 'no SNAT entry' : `SNAT of ${snat.join(', ')}`}
        </Line>
      ))}
    </Part>
    <Part title="Route tables" note="and what is associated">
      {cloud.routeTables.map(({ id, type, vSwitches, routes }) => (
        <Foldable
          key={id}
          name={id}
          note={`${type}, ${count(vSwitches, 'vSwitch', 'vSwitches')}`}
          lines={routes}
        />
      ))}
    </Part>
    <Part title="Security groups" note="and their rules">
      {cloud.securityGroups.map(({ id, type, rules }) => (
        <Foldable key={id} name={id} note={type} lines={rules} />
      ))}
    </Part>
  </>
);

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

import type { Scenario } from '../cluster/scenario.js';

export interface NodeVSwitch {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
}

/**
 * The vSwitches that the cluster's profile names, and so the account has: each the /24 of the nodes in its zone, unless the
 * scenario itself says more of it. One of a zone without nodes has no block that could be told, and is left out.
 */
export function nodeVSwitches(
  scenario: Pick<Scenario, 'configMaps' | 'pools' | 'vSwitches'>,
): readonly NodeVSwitch[] {
  return named(scenario).flatMap(({ id, zone }) => {
    const known = scenario.vSwitches.find((entry) => entry.id === id);
    if (known !== undefined) return [known];
    const block = scenario.pools.flatMap((pool) =>
      pool.zone === zone ? (blockOf(pool.nodeName) ?? []) : [],
    )[0];
    return block === undefined ? [] : [{ id, zone, cidr: block }];
  });
}

/** `vsw-zone` is `vsw-a:cn-hangzhou-i,vsw-b:cn-hangzhou-h`; old profiles name the vSwitch alone. */
function named({ configMaps, pools }: Pick<Scenario, 'configMaps' | 'pools'>) {
  const dataOf = (profile: string) => configMaps.find(({ name }) => name === profile)?.data;
  const zoned = dataOf('ack-cluster-profile')?.['vsw-zone'] ?? '';
  const old = dataOf('acs-profile')?.vSwitchIds ?? '';
  return [zoned, old]
    .flatMap((value) => value.split(','))
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [id = '', zone = pools[0]?.zone ?? ''] = entry.split(':');
      return { id, zone };
    });
}

/** `cn-hangzhou.10.0.34.1{n}` -> `10.0.34.0/24`. */
function blockOf(nodeName: string): string | undefined {
  const network = /(\d+\.\d+\.\d+)\.[\d{}n]+$/.exec(nodeName)?.[1];
  return network === undefined ? undefined : `${network}.0/24`;
}

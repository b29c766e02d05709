import { unlessAbsent } from '../../cluster/absent.js';
import type { ClusterReader } from '../../cluster/ports.js';
import type { NodeView } from '../../cluster/views/node.js';
import { type TerwayNodeView, terwayNodes } from '../../cluster/views/terway/terway-node.js';
import { groupBy } from '../../checks/group-by.js';
import { zoneOf } from '../../checks/node-kinds.js';
import { type DynamicConfig, gatherDynamicConfigs } from '../../checks/terway/dynamic-configs.js';
import { podVSwitches } from '../../checks/terway/terway-config.js';
import { isAcknetError } from '../../errors.js';
import { count } from '../../texts/count.js';
import type { KnownValue } from '../define-remediation.js';

interface Wanted {
  readonly nodes: readonly NodeView[];
  readonly zones: readonly string[];
  /** In eni_conf already. */
  readonly listed: ReadonlySet<string>;
  /** Known to have no address left. */
  readonly spent?: string | undefined;
}

interface Seen {
  readonly id: string;
  readonly zone: string;
  readonly where: string;
}

/**
 * vSwitches of these zones that the cluster shows although eni_conf does not list them: those that a ConfigMap sets for
 * some nodes, and those that ENIs lie in. Which others there are, and how many addresses these have left, only the
 * cloud knows. undefined = it shows none.
 */
export async function seenVSwitches(reader: ClusterReader, wanted: Wanted): Promise<KnownValue | undefined> {
  const { nodes, zones, listed, spent } = wanted;
  const [dynamic, objects] = await Promise.all([
    orNone(gatherDynamicConfigs(reader, nodes)),
    orNone(unlessAbsent(reader.list(terwayNodes)).then((list) => list ?? [])),
  ]);
  const empty = new Set([spent, ...spentIn(objects)]);
  const fit = [...inConfigMaps(dynamic), ...onNodes(objects, nodes)].filter(
    ({ id, zone }) => id !== '' && zones.includes(zone) && !listed.has(id) && !empty.has(id),
  );
  const seen = [...new Map(fit.toReversed().map((one) => [one.id, one])).values()];
  if (seen.length === 0) return undefined;
  return {
    choices: seen.map(({ id }) => id).sort(),
    labels: Object.fromEntries(seen.map(({ id, zone, where }) => [id, `${id} (${zone}, ${where})`])),
    orTyped: true,
    hint: 'Seen in the cluster; how many addresses are free there, only the VPC console shows.',
  };
}

/** What the reader may not read offers nothing; the id can be typed all the same. */
const orNone = <T>(read: Promise<readonly T[]>): Promise<readonly T[]> =>
  read.catch((error: unknown) => {
    if (isAcknetError(error)) return [];
    throw error;
  });

const inConfigMaps = (dynamic: readonly DynamicConfig[]): readonly Seen[] =>
  dynamic.flatMap(({ name, daemon }) =>
    [...podVSwitches(daemon)].flatMap(([zone, ids]) =>
      ids.map((id) => ({ id, zone, where: `ConfigMap ${name}` })),
    ),
  );

function onNodes(objects: readonly TerwayNodeView[], nodes: readonly NodeView[]): readonly Seen[] {
  const zones = new Map(nodes.map((node) => [node.name, zoneOf(node)]));
  const pairs = objects.flatMap(({ name, zone, interfaces }) =>
    [...new Set(interfaces.map(({ vSwitch }) => vSwitch))].map((id) => ({
      id,
      zone: zone || (zones.get(name) ?? ''),
    })),
  );
  return [...groupBy(pairs, ({ id }) => id).values()].flatMap((same) => {
    const where = `ENIs of ${count(same.length, 'node')}`;
    return same
      .filter(({ zone }) => zone !== '')
      .slice(0, 1)
      .map((one) => ({ ...one, where }));
  });
}

/** Terway itself says so where it could get no address. */
const spentIn = (objects: readonly TerwayNodeView[]): readonly string[] =>
  objects.flatMap(({ interfaces }) =>
    interfaces.flatMap(({ vSwitch, insufficientIp }) => (insufficientIp === undefined ? [] : [vSwitch])),
  );

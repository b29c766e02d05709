import { nearestName } from '../nearest-name.js';

type Raw = Readonly<Record<string, unknown>>;
const SHOWN = 80;
const mapping = (value: unknown): Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
const entries = (value: unknown): readonly (readonly [string, unknown])[] => Object.entries(mapping(value));
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const shown = (value: unknown): string => JSON.stringify(value).slice(0, SHOWN);

/** Words that stand for something else where a cluster's name is typed. */
const RESERVED = new Set(['all', 'every', 'everything']);

/**
 * What is wrong between keys, or with the names of keys. It reads the file as it stands, so that a fault of another
 * kind hides none of these, nor they any other.
 */
export function crossFaults(file: unknown): readonly string[] {
  const { clusters, channels, schedules, people, alerts } = mapping(file);
  return [
    ...entries(clusters).flatMap(([name]) => nameFaults(name)),
    ...entries(clusters).flatMap(([name, cluster]) => freezeFaults(name, cluster)),
    ...entries(channels).flatMap(([id, channel]) => channelFaults(id, channel, clusters)),
    ...scheduleFaults(schedules, clusters),
    ...sharedAccounts(people),
    ...alertFaults(alerts, clusters),
  ];
}

function nameFaults(name: string): string[] {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(name))
    return [`clusters.${name.slice(0, SHOWN)}: expected a lower-case cluster name as key`];
  return RESERVED.has(name)
    ? [`clusters.${name}: expected another name: "check ${name}" means every cluster`]
    : [];
}

function freezeFaults(name: string, cluster: unknown): string[] {
  return list(mapping(cluster).freezes).flatMap((freeze, index) => {
    const { from, to } = mapping(freeze);
    const ends = Date.parse(String(to));
    return ends <= Date.parse(String(from))
      ? [
          `clusters.${name}.freezes.${index}.to: expected a time after from (${shown(from)}), found ${shown(to)}`,
        ]
      : [];
  });
}

function channelFaults(id: string, channel: unknown, clusters: unknown): string[] {
  const bad = /^[CGD][A-Z0-9]+$/.test(id)
    ? []
    : [`channels.${id.slice(0, SHOWN)}: expected a Slack channel id such as C024BE91L as key`];
  return [...bad, ...unknownCluster(`channels.${id}.cluster`, mapping(channel).cluster, clusters)];
}

function unknownCluster(at: string, name: unknown, clusters: unknown): string[] {
  if (typeof name !== 'string' || Object.hasOwn(mapping(clusters), name)) return [];
  const near = nearestName(name, Object.keys(mapping(clusters)));
  const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
  return [`${at}: expected a name under clusters, found ${shown(name)}${meant}`];
}

/** A cluster that an alert is led to must be one that may be named. */
function alertFaults(alerts: unknown, clusters: unknown): string[] {
  const { cluster, clusters: byLabel, channels } = mapping(alerts);
  return [
    ...unknownCluster('alerts.cluster', cluster, clusters),
    ...entries(byLabel).flatMap(([value, name]) =>
      unknownCluster(`alerts.clusters.${value.slice(0, SHOWN)}`, name, clusters),
    ),
    ...entries(channels).flatMap(([name]) => unknownCluster('alerts.channels', name, clusters)),
  ];
}

/** Two of one cluster in one channel would tell the same people the same things at different times. */
function scheduleFaults(schedules: unknown, clusters: unknown): string[] {
  const names = new Map<string, string>();
  return entries(schedules).flatMap(([name, schedule]) => {
    const { cluster, channel } = mapping(schedule);
    const at = `schedules.${name.slice(0, SHOWN)}`;
    const place = `${String(channel)} ${String(cluster)}`;
    const other = names.get(place);
    names.set(place, other ?? name);
    return [
      ...(cluster === 'all' ? [] : unknownCluster(`${at}.cluster`, cluster, clusters)),
      ...(other === undefined
        ? []
        : [`${at}: expected another cluster or channel than that of schedules.${other}, found the same`]),
    ];
  });
}

/** One account is one person: under two, it could vote for both. */
function sharedAccounts(people: unknown): string[] {
  const owners = new Map<unknown, string>();
  return entries(people).flatMap(([person, ids]) =>
    [...new Set(list(ids))].flatMap((id) => {
      const owner = owners.get(id);
      if (owner === undefined) owners.set(id, person);
      return owner === undefined
        ? []
        : [
            `people.${person}: expected accounts of nobody else, found ${shown(id)}, which is under ${owner} too`,
          ];
    }),
  );
}

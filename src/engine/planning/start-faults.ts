import type { Check, Finding } from '../../checks/judging/define-check.js';
import { checks } from '../../checks/index.js';
import { unlessAbsent } from '../../cluster/absent.js';
import { configsOf, readersOf } from '../../cluster/component-configs.js';
import { gatherIdentity } from '../../cluster/identity/gather-identity.js';
import type { ClusterReader, ObjectRef } from '../../cluster/ports.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { type PodView, pods } from '../../cluster/views/pod.js';
import { isDated } from '../../cluster/write-times.js';
import { AcknetError, isAcknetError } from '../../errors.js';
import type { Change } from '../../remediations/define-remediation.js';
import { createSharedReader } from '../checking/reading/shared-reader.js';
import { overlayReader } from './overlay-reader.js';

const IN_FLIGHT = 6;

/** Whether a check judges what pods of these DaemonSets start with. */
export const judgesStartOf = (check: Check, daemonSets: readonly string[]): boolean =>
  check.judges.some((name) => daemonSets.includes(name));

/**
 * Faults that pods which restart would meet and that running ones do not have: every check that judges what they
 * start with is run on the cluster as it will be.
 */
export async function startFaults(
  reader: ClusterReader,
  changes: readonly Change[],
  now: Date,
): Promise<readonly Finding[]> {
  const daemonSets = startedBy(changes);
  const asked = checks.filter((check) => judgesStartOf(check, daemonSets));
  if (asked.length === 0) return [];
  const shared = createSharedReader(reader, IN_FLIGHT);
  const later = await faultsOf(overlayReader(shared, changes), asked, now);
  if (later.length === 0) return [];
  const present = new Set((await faultsOf(shared, asked, now)).map(keyOf));
  const fresh = await Promise.all(
    later.map(async (fault) => !present.has(keyOf(fault)) || (await wouldSpread(shared, changes, fault))),
  );
  return later.filter((_, index) => fresh[index]);
}

/** DaemonSets that restart, and those whose config is written: their pods take it up when they next start. */
const startedBy = (changes: readonly Change[]): readonly string[] => [
  ...new Set(
    changes.flatMap(({ verb, about }) => {
      if (verb === 'roll-pods') return [about.name];
      return about.kind === 'ConfigMap' && about.namespace === 'kube-system' ? readersOf(about.name) : [];
    }),
  ),
];

async function faultsOf(
  reader: ClusterReader,
  asked: readonly Check[],
  now: Date,
): Promise<readonly Finding[]> {
  const identity = await gatherIdentity(reader);
  const verdicts = await Promise.all(
    asked
      .filter((check) => check.appliesTo(identity) === true)
      .map(async (check) => {
        const { findings } = check.judge(await gathered(check, reader), { now, identity });
        return findings.filter(({ id }) => check.messages[id.slice(check.id.length + 1)]?.atStart);
      }),
  );
  return verdicts.flat();
}

/** Whether pods would start again is not to be guessed. */
async function gathered(check: Check, reader: ClusterReader): Promise<unknown> {
  try {
    return await check.gather(reader);
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    throw new AcknetError(
      'plan.refused',
      `Whether pods that restart come up could not be read (${check.id}): ${error.message}`,
      error.hint === undefined ? {} : { hint: error.hint },
    );
  }
}

const keyOf = ({ id, about }: Finding): string =>
  JSON.stringify([id, about.kind, about.namespace, about.name]);

/** A fault that is there already spreads where a pod that is well has not read that config yet. */
async function wouldSpread(
  reader: ClusterReader,
  changes: readonly Change[],
  { about }: Finding,
): Promise<boolean> {
  const restarted = (await reader.list(pods, { namespace: 'kube-system' })).filter(
    (pod) => pod.ready && startedBy(changes).some((name) => isRestarted(pod, name, changes)),
  );
  if (about.kind === 'Node') return restarted.some(({ node }) => node === about.name);
  const written = await Promise.all(
    configObjects(about, startedBy(changes)).map(async ({ namespace, name }) => {
      const config = await unlessAbsent(reader.get(configMaps, { namespace, name }));
      return (await isDated(reader, config?.writtenAt)) ? Date.parse(config?.writtenAt ?? '') : Number.NaN;
    }),
  );
  return restarted.some((pod) => written.some((time) => !(startOf(pod) >= time)));
}

const configObjects = ({ kind, name }: ObjectRef, daemonSets: readonly string[]) =>
  (kind === 'ConfigMap' ? [name] : daemonSets.flatMap(configsOf)).map((config) => ({
    namespace: 'kube-system',
    name: config,
  }));

function isRestarted({ owner, node }: PodView, daemonSet: string, changes: readonly Change[]): boolean {
  if (owner?.kind !== 'DaemonSet' || owner.name !== daemonSet) return false;
  const roll = changes.find((change) => change.verb === 'roll-pods' && change.about.name === daemonSet);
  const nodes = roll?.verb === 'roll-pods' ? roll.nodes : undefined;
  return nodes === undefined || nodes.includes(node ?? '');
}

/** A container that restarted has read its config again. */
const startOf = ({ containers, startedAt }: PodView): number =>
  Date.parse(
    containers.find(({ init, startedAt: at }) => !init && at !== undefined)?.startedAt ?? startedAt ?? '',
  );

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expandScenario } from '../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario } from '../../sandbox/cluster/scenario.js';
import { checks } from '../../src/checks/index.js';
import { text } from '../../src/cluster/fields.js';
import type { ClusterAccess } from '../../src/cluster/ports.js';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { type RunOptions, runChecks } from '../../src/engine/checking/run-checks.js';
import { type InMemoryCluster, readerOf } from './reader-of.js';

export const NOW = new Date('2026-11-24T03:00:00Z');

/** What the rules for every check are tried on: all, or the one that `npm run test:check` names. */
const only = process.env.ACKNET_TEST_ONE;
export const triedChecks = only === undefined ? checks : checks.filter(({ id }) => id === only);

/** The simulated clusters that the demo offers. */
export const scenarioNames = readdirSync('sandbox/cluster/scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''));

/** They, and what differs from them. */
export const clusterNames = [
  ...scenarioNames,
  ...readdirSync('sandbox/cluster/scenarios/variants').map((file) => file.replace(/\.yaml$/, '')),
];

/** A scenario's objects and logs in memory, and what the checks say of them as they are. */
export interface Base extends InMemoryCluster {
  readonly logs: Readonly<Record<string, string>>;
  readonly intact: CheckRun;
}

export async function scenarioBase(name: string): Promise<Base> {
  const cluster = await scenarioCluster(name);
  return { ...cluster, intact: await judged(cluster) };
}

export async function scenarioCluster(name: string): Promise<Omit<Base, 'intact'>> {
  const scenario = await loadScenario(name);
  let id = 0;
  const expanded = expandScenario({
    scenario,
    now: NOW,
    nextId: () => createHash('sha256').update(`${++id}`).digest('hex').slice(0, 32),
  });
  const names = new Map(
    expanded.objects.map((object) => [text(object, 'metadata', 'uid'), text(object, 'metadata', 'name')]),
  );
  const logs = Object.fromEntries(
    expanded.logs.map(({ podUid, container, lines }) => [
      `${names.get(podUid)}/${container}`,
      lines.map((line) => line.text).join('\n'),
    ]),
  );
  const saidAt = Object.fromEntries(
    expanded.logs.map(({ podUid, container, lines }) => [
      `${names.get(podUid)}/${container}`,
      lines.map((line) => line.at),
    ]),
  );
  return { objects: expanded.objects, logs, saidAt, version: scenario.kubernetes };
}

/** Every check in one pass, as the engine runs them. */
export function judged(
  cluster: InMemoryCluster,
  asked: Pick<RunOptions, 'checks' | 'symptoms' | 'scope' | 'mended'> = { checks: triedChecks },
): Promise<CheckRun> {
  const access: ClusterAccess = {
    name: 'cluster-x',
    reader: () => readerOf(cluster),
    writer: () => {
      throw new TypeError('checks write nothing');
    },
    credentialEnds: () => Promise.resolve(undefined),
    may: () => Promise.resolve(false),
  };
  return runChecks({ access, ...asked, now: () => NOW, deadlineMs: 60_000 });
}

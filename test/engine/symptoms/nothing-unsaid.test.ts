import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { list, text } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import { contradictionsIn } from '../../support/claims-of.js';
import { clusterNames, judged, NOW, scenarioCluster } from '../../support/scenario-bases.js';

/** What the scheduler, or the runtime, says of a pod that has no network yet. */
const WANTS_NETWORK =
  /node\.kubernetes\.io\/network-unavailable|Insufficient aliyun\/eni|failed to (?:setup|set up) network for sandbox|plugin is not ready/;

/** Read from the raw objects, by other rules than the product's: what anybody would call unhealthy. */
function unhealthy(objects: readonly JsonObject[]): string[] {
  const waiting = new Set(
    objects.flatMap((object) => {
      const said = object.kind === 'Event' && WANTS_NETWORK.test(text(object, 'message') ?? '');
      const late = NOW.getTime() - Date.parse(text(object, 'lastTimestamp') ?? '') < 600_000;
      return said && late ? (text(object, 'involvedObject', 'name') ?? '') : [];
    }),
  );
  return objects.flatMap((object) => {
    const name = text(object, 'metadata', 'name') ?? '';
    const condition = (type: string): Json | undefined =>
      list(object, 'status', 'conditions').find((entry) => text(entry, 'type') === type);
    const is = (type: string, status: string): boolean => text(condition(type), 'status') === status;
    const old = NOW.getTime() - Date.parse(text(object, 'metadata', 'creationTimestamp') ?? '') > 600_000;
    if (object.kind === 'Node')
      return old && (is('Ready', 'False') || is('Ready', 'Unknown') || is('NetworkUnavailable', 'True'))
        ? [`Node ${name}`]
        : [];
    // One that has ended is no pod that ought to run; what should run in its place is another.
    const ended = ['Failed', 'Succeeded'].includes(text(object, 'status', 'phase') ?? '');
    if (object.kind !== 'Pod' || !old || ended) return [];
    const refusal = text(condition('PodScheduled'), 'message') ?? '';
    if (text(object, 'status', 'podIP') === undefined && (WANTS_NETWORK.test(refusal) || waiting.has(name)))
      return [`Pod ${name}`];
    const system = text(object, 'metadata', 'namespace') === 'kube-system';
    return system && /^(terway|kube-flannel|kube-proxy|coredns)/.test(name) && !is('Ready', 'True')
      ? [`Pod ${name}`]
      : [];
  });
}

const problemsOf = (run: CheckRun) =>
  run.checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'problem');

/** The check's result taken out as if it had never been written. */
const without = (id: string) => ({
  checks: checks.filter((check) => check.id !== id),
  symptoms: 'whole' as const,
});

describe.each(clusterNames)('%s', (name) => {
  it('is called free of problems only where nothing shows, and gives no symptom two pieces of advice, with any one check removed', async () => {
    const cluster = await scenarioCluster(name);
    const whole = await judged(cluster, { checks, symptoms: 'whole' });
    const shows = unhealthy(cluster.objects);
    const finders = whole.checks.filter(
      ({ id, outcome }) => outcome === 'found' && checks.some((check) => check.id === id),
    );
    for (const run of [
      whole,
      ...(await Promise.all(finders.map(({ id }) => judged(cluster, without(id))))),
    ]) {
      const named = new Set((run.symptoms ?? []).map(({ about }) => `${about.kind} ${about.name}`));
      expect(shows.filter((object) => !named.has(object))).toEqual([]);
      if ((run.symptoms ?? []).length > 0) expect(problemsOf(run)).not.toEqual([]);
      expect(run.symptoms?.filter(({ by }) => by === undefined)).toEqual([]);
      expect(contradictionsIn(run)).toEqual([]);
    }
  });
});

const MADE_FOR_THAT =
  /^(?:terway-(?:1-0|eip-before-upgrade|eip-migration|ipvlan-upgraded|node-without-cni|node-lost|name-resolution-down|wanted-nowhere|components-refused)|kube-proxy-cannot-list|flannel-(?:left-out-nodes|own-namespace-ends|runtime-hangs|wanted-nowhere|node-signs|pods-not-placed)): /;

describe('a whole run', () => {
  it('leaves no symptom of the simulated clusters to the unexplained, except where they are made for that', async () => {
    const left = await Promise.all(
      clusterNames.map(async (name) => {
        const run = await judged(await scenarioCluster(name), { checks, symptoms: 'whole' });
        const own = run.checks.find(({ id }) => id === 'unexplained')?.findings ?? [];
        return own.map(({ message }) => `${name}: ${message}`);
      }),
    );
    expect(left.flat().filter((line) => !MADE_FOR_THAT.test(line))).toEqual([]);
  });
});

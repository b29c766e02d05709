import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { noClouds } from '../../src/cloud/ports.js';
import type { Clusters } from '../../src/cluster/ports.js';
import type { Intent } from '../../src/intents/intent.js';
import { createMetrics } from '../../src/ops/metrics.js';
import { defaultTuning } from '../../src/wiring/app-ports.js';
import { buildQuestions } from '../../src/wiring/build-questions.js';
import { type OpenKnowledge, openKnowledge } from '../intents/open-knowledge.js';
import { readerOf } from '../support/reader-of.js';

let knowledge: OpenKnowledge;
let entry: Intent;
beforeAll(async () => {
  knowledge = await openKnowledge();
  entry = knowledge.intents.find(({ id }) => id === 'view-network-type') as Intent;
});

const flannel = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { namespace: 'kube-system', name: 'kube-flannel-ds' },
};

/** What looks up in a cluster that counts its look-ups, with a watch that is moved by hand. */
function openLookUps(forbidden: readonly string[]) {
  let reads = 0;
  const clock = { at: 0 };
  const get = (name: string) => ({
    name,
    reader: () => {
      reads += 1;
      return readerOf({ objects: [flannel], forbidden });
    },
  });
  const ports = { knowledge, checks, metrics: createMetrics(), now: () => new Date(0) };
  const { lookUp } = buildQuestions(
    {
      config: { clusters: { 'cluster-x': {} }, retention: { questions: { days: 1, most: 1 } } },
      ports,
      tuning: { ...defaultTuning, watch: () => clock.at },
    } as never,
    { clusters: { names: ['cluster-x'], get } as unknown as Clusters, clouds: noClouds },
  );
  return { look: () => lookUp('cluster-x', entry), clock, reads: () => reads };
}

const { lookedUpMs } = defaultTuning;

describe('what an entry had looked up', () => {
  it.each<[string, { forbidden: readonly string[]; later: number; reads: number; isWhole: boolean }]>([
    ['serves who asks soon after', { forbidden: [], later: lookedUpMs - 1, reads: 1, isWhole: true }],
    ['is looked up anew after its time', { forbidden: [], later: lookedUpMs, reads: 2, isWhole: true }],
    [
      'is looked up anew at once where not all of it could be read',
      { forbidden: ['daemonsets'], later: 0, reads: 2, isWhole: false },
    ],
  ])('%s', async (_name, { forbidden, later, reads, isWhole }) => {
    const looked = openLookUps(forbidden);
    expect((await looked.look()).unread.length === 0).toBe(isWhole);
    looked.clock.at = later;
    await looked.look();
    expect(looked.reads()).toBe(reads);
  });
});

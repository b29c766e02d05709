import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.ts';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.ts';
import { fixReads } from '../../support/plan-reads.ts';
import { redisForTest } from '../../support/redis-for-test.ts';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.ts';
import { attempts, checkJob, openJobStand } from '../open-job-stand.ts';

const { connect, newPrefix } = redisForTest();
const redis = connect();
let simulated: SimulatedCluster;

beforeEach(async () => {
  simulated = await startSimulatedCluster('flannel-broken', {
    reads: [...flannelCniVersion.reads, ...fixReads(addFlannelCniVersion)],
    writes: addFlannelCniVersion.writes,
  });
});
afterEach(() => simulated.close());

/** A fix that worked; `broken` puts the cluster back as it was before. */
async function fixed() {
  const { store: objects, kind } = simulated.simulator;
  const before = objects.get(kind('ConfigMap'), 'kube-system', 'kube-flannel-cfg') as object;
  const stand = openJobStand({
    ...{ redis, prefix: newPrefix(), access: simulated.access, checks: [flannelCniVersion] },
  });
  await stand.check(checkJob(), attempts().attempt());
  const [proposal] = await stand.store.open('cluster-x');
  if (!proposal) throw new Error('the check proposed nothing');
  const { id } = proposal;
  await stand.approvals.approve(id, { user: 'U0BOSS', team: 'T0HOME' });
  await stand.fix({ proposalId: id }, attempts().attempt());
  stand.queued.cards.length = 0;
  const broken = () => {
    const { metadata, ...rest } = before as { metadata: { resourceVersion?: string } };
    const { resourceVersion: _, ...own } = metadata;
    objects.replace(kind('ConfigMap'), { ...rest, metadata: own } as never);
  };
  const care = (hours: number) => stand.care({ proposalId: id, hours }, attempts().attempt());
  const known = async () => (await stand.store.get(id))?.care?.map(({ hours, outcome }) => [hours, outcome]);
  return { ...stand, id, broken, look: care, known };
}

describe('after-care of a fix', () => {
  it('is asked for one hour and a day after it worked', async () => {
    const { queued, store, id } = await fixed();
    const ended = (await store.get(id))?.endedAt;
    expect(queued.cares).toEqual([`${id} 1 ${ended}`, `${id} 24 ${ended}`]);
  });

  it('says on its card alone that it held, once however often the job is taken up', async () => {
    const { look, known, cameBack, queued, audit } = await fixed();
    await look(1);
    await look(1);
    await look(24);
    expect(await known()).toEqual([
      [1, 'held'],
      [24, 'held'],
    ]);
    expect(cameBack).toEqual([]);
    expect(queued.cards).toHaveLength(2);
    expect((await audit.read({})).filter(({ action }) => action === 'care.held')).toHaveLength(2);
  });

  it('says in the thread that it did not hold, and does not say so again a day after', async () => {
    const { look, known, cameBack, broken } = await fixed();
    broken();
    await look(1);
    await look(24);
    expect(await known()).toEqual([[1, 'back']]);
    expect(cameBack).toEqual([expect.stringMatching(/^1 .*cniVersion/)]);
  });

  it('takes a cluster that cannot be read for neither', async () => {
    const { look, known, cameBack } = await fixed();
    const effect = { kind: 'status', status: 403 } as const;
    simulated.simulator.faults.add({ effect, times: Number.POSITIVE_INFINITY });
    await look(1);
    simulated.simulator.faults.clear();
    await look(24);
    expect(await known()).toEqual([
      [1, 'untold'],
      [24, 'held'],
    ]);
    expect(cameBack).toEqual([]);
  });

  it('leaves alone a fix that is being put back, and one that is not kept any more', async () => {
    const { look, known, store, id, care } = await fixed();
    const original = await store.get(id);
    if (!original) throw new Error('gone');
    const { get } = store;
    store.get = async (wanted) => ({ ...((await get(wanted)) ?? original), undoneBy: 'another' });
    await look(1);
    store.get = get;
    expect(await known()).toBeUndefined();
    await care({ proposalId: 'nothing', hours: 1 }, attempts().attempt());
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { ApplyPorts } from '../../../src/engine/changing/apply-plan.js';
import { layOutSteps } from '../../../src/engine/changing/lay-out-steps.js';
import { gatherPlanFacts } from '../../../src/engine/planning/plan-facts.js';
import { drainNode } from '../../../src/remediations/node/drain-node.js';
import { type ApplyStand, engineer, openApplyStand } from '../../support/apply-stand.js';
import { type SimulatedCluster, startSimulatedCluster } from '../../support/start-simulated-cluster.js';

const target = { kind: 'Node', name: 'cn-hangzhou.192.168.1.91' } as const;
let cluster: SimulatedCluster;
let stand: ApplyStand;

beforeEach(async () => {
  cluster = await startSimulatedCluster('flannel-healthy', {
    reads: drainNode.reads,
    writes: drainNode.writes,
  });
  stand = openApplyStand(cluster.access);
});
afterEach(async () => {
  await stand.close();
  await cluster.close();
});

/** A clock that the engine's own waits move on, so that a time limit passes at once. */
function quickClock(speed: number): Pick<ApplyPorts, 'now' | 'watch' | 'wait'> {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    watch: () => performance.now() + ahead,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      ahead += ms * speed;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const pods = (): readonly JsonObject[] =>
  cluster.simulator.store
    .all(cluster.simulator.kind('Pod'))
    .filter((pod) => (pod.spec as { nodeName?: string }).nodeName === target.name);
const named = (pod: JsonObject): string => (pod.metadata as { name: string }).name;
const isWorkload = (pod: JsonObject): boolean =>
  (pod.metadata as { namespace: string }).namespace !== 'kube-system';

const uidOf = (pod: JsonObject): string => (pod.metadata as { uid: string }).uid;

/** As a StatefulSet does: the same name, another pod. */
function recreate(kind: ReturnType<typeof cluster.simulator.kind>, pod: JsonObject): JsonObject {
  const { store } = cluster.simulator;
  const { uid: _, ...metadata } = pod.metadata as JsonObject;
  store.remove(kind, 'shop', named(pod));
  return store.create(kind, { ...pod, metadata });
}

function protect(app: string): void {
  const { simulator } = cluster;
  simulator.store.create(simulator.kind('PodDisruptionBudget'), {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'keep-all', namespace: 'shop' },
    spec: { maxUnavailable: 0, selector: { matchLabels: { app } } },
    status: { disruptionsAllowed: 0 },
  });
}

const drained = async (params = {}) => stand.approved(await stand.draft(drainNode, { target, params }));

describe('a drain', () => {
  it('moves the workloads off, leaves the DaemonSets, and keeps the node closed', async () => {
    const stay = pods()
      .filter((pod) => !isWorkload(pod))
      .map(named);
    const { id } = await drained();
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
    expect(pods().map(named).sort()).toEqual(stay.sort());
    const node = cluster.simulator.store.get(cluster.simulator.kind('Node'), undefined, target.name);
    expect(node.spec).toMatchObject({ unschedulable: true });
  });

  it('waits for a PodDisruptionBudget until its time limit, names it, and overrules nothing', async () => {
    protect('api');
    const { id } = await drained({ timeoutSeconds: 60 });
    const ended = await stand.apply(id, quickClock(1));
    expect(ended).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(
        /shop\/api-\S+ could not be evicted .* PodDisruptionBudget shop\/keep-all/,
      ),
    });
    expect(pods().some((pod) => isWorkload(pod) && named(pod).startsWith('api-'))).toBe(true);
    expect(await stand.lockIsFree()).toBe(true);
  });

  it('goes on when the budget has room again', async () => {
    protect('api');
    const { id } = await drained({ timeoutSeconds: 3600 });
    const { simulator } = cluster;
    const budget = simulator.kind('PodDisruptionBudget');
    const clock = quickClock(0);
    let waits = 0;
    const wait: ApplyPorts['wait'] = (ms, signal) => {
      waits += 1;
      if (waits === 3) simulator.store.remove(budget, 'shop', 'keep-all');
      return clock.wait(ms, signal);
    };
    expect(await stand.apply(id, { ...clock, wait })).toMatchObject({ state: 'fixed' });
  });

  it('leaves alone a pod that nothing would start again, where nobody accepted that', async () => {
    const { simulator } = cluster;
    const kind = simulator.kind('Pod');
    const { id } = await drained();
    let bare: string | undefined;
    const onChange: ApplyPorts['onChange'] = ({ state }) => {
      const pod = pods().filter(isWorkload).at(-1);
      if (bare !== undefined || state !== 'applying' || pod === undefined) return;
      bare = named(pod);
      const metadata = { ...(pod.metadata as JsonObject), ownerReferences: [] };
      simulator.store.replace(kind, { ...pod, metadata }, { manager: 'kubectl' });
    };
    const ended = await stand.apply(id, { onChange });
    expect(ended).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/would lose its data or not come back/),
    });
    expect(ended.detail).toContain(bare);
    expect(pods().map(named)).toContain(bare);
  });

  it('leaves alone a pod that came under the name of an approved one, and says that the node is not empty', async () => {
    const { simulator } = cluster;
    const kind = simulator.kind('Pod');
    const { id } = await drained({ timeoutSeconds: 60 });
    let again: JsonObject | undefined;
    const onChange: ApplyPorts['onChange'] = ({ steps }) => {
      const last = steps.findLast(({ kind }) => kind === 'evict');
      if (again !== undefined || last?.kind !== 'evict' || last.state !== 'pending') return;
      const pod = pods().find((one) => last.pod.endsWith(`/${named(one)}`));
      if (pod !== undefined) again = recreate(kind, pod);
    };
    const ended = await stand.apply(id, { ...quickClock(1), onChange });
    expect(ended).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/not empty .* still there/),
    });
    expect(ended.detail).toContain(named(again ?? {}));
    expect(ended.steps.find(({ detail }) => detail?.includes('another pod has its name'))).toBeDefined();
    expect(pods().map(uidOf)).toContain(uidOf(again ?? {}));
  });

  it('has a step for each pod that the approval is of, and for none that came after', async () => {
    const { simulator, access } = cluster;
    const { changes } = await drained();
    const reader = access.reader(new AbortController().signal);
    const facts = await gatherPlanFacts(reader, changes, 'low');
    const [pod] = pods().filter(isWorkload);
    const { uid: _, ...metadata } = (pod?.metadata ?? {}) as JsonObject;
    simulator.store.create(simulator.kind('Pod'), { ...pod, metadata: { ...metadata, name: 'latecomer' } });
    const steps = await layOutSteps(reader, facts);
    const evicted = steps.flatMap((step) => (step.kind === 'evict' ? [step.uid] : []));
    const before = pods().filter((one) => isWorkload(one) && named(one) !== 'latecomer');
    expect(evicted.sort()).toEqual(before.map(uidOf).sort());
  });

  it('stops while a budget holds it up when someone presses Abort, and leaves no step as if under way', async () => {
    protect('api');
    const { id } = await drained({ timeoutSeconds: 3600 });
    const clock = quickClock(0);
    let waits = 0;
    const wait: ApplyPorts['wait'] = async (ms, signal) => {
      waits += 1;
      if (waits === 3) await stand.store.requestAbort(id, engineer);
      return clock.wait(ms, signal);
    };
    const ended = await stand.apply(id, { ...clock, wait });
    expect(ended).toMatchObject({ state: 'aborted', detail: expect.stringContaining('on request') });
    expect(ended.steps.filter(({ state }) => state === 'started')).toEqual([]);
    expect(ended.steps.find(({ state }) => state === 'failed')?.detail).toContain('not evicted');
  });

  it('is undone by lifting the cordon only', async () => {
    const { id } = await drained();
    const fix = await stand.apply(id);
    const draft = await stand.undo(fix);
    expect(draft).toMatchObject({
      kind: 'proposal',
      proposal: {
        changes: [{ verb: 'cordon', from: true, to: false }],
        warnings: [expect.stringContaining('only the cordon')],
      },
    });
  });
});

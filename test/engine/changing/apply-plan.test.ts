import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { flannelCniVersion } from '../../../src/checks/flannel/flannel-cni-version.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import type { ApplyPorts } from '../../../src/engine/changing/apply-plan.js';
import type { CheckResult } from '../../../src/engine/checking/check-run.js';
import { AcknetError } from '../../../src/errors.js';
import { mayBeUndone } from '../../../src/proposals/may-be-undone.js';
import type { CardBacklog, ClusterLock } from '../../../src/proposals/ports.js';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.js';
import { approver, engineer } from '../../support/apply-stand.js';
import { sampleStep } from '../../support/sample-proposal.js';
import { about, type FlannelStand, finding, nodeNames, openFlannelStand, withData } from './flannel-stand.js';

let stand: FlannelStand;
beforeEach(async () => {
  stand = await openFlannelStand();
});
afterEach(() => stand.closeAll());

const labelled = (object: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...(object.metadata as JsonObject), labels: { someone: 'was-here' } },
});
const otherTemplate = (object: JsonObject): JsonObject => {
  const spec = structuredClone(object.spec) as { template: { spec: { containers: { image: string }[] } } };
  for (const container of spec.template.spec.containers) container.image = 'acs/flannel:v0.15.1.23';
  return { ...object, spec: spec as unknown as JsonObject };
};
const nameOf = (object: JsonObject): string => (object.metadata as { name: string }).name;
const isFlannelOn = (pod: JsonObject, node: string): boolean =>
  nameOf(pod).startsWith('kube-flannel-ds-') && (pod.spec as { nodeName?: string }).nodeName === node;
const config = (text: string) => withData({ 'cni-conf.json': text });

/** Does something once, when the step of this title is recorded in this state. */
function onStep(title: RegExp, state: string, act: () => void): Pick<ApplyPorts, 'onChange'> {
  let acted = false;
  return {
    onChange: ({ steps }) => {
      if (acted || !steps.some((step) => title.test(step.title) && step.state === state)) return;
      acted = true;
      act();
    },
  };
}

/** The check of the fix's finding, with this verdict. */
const answering =
  (
    verdict: Pick<CheckResult, 'outcome' | 'unknown' | 'reason'> & Partial<CheckResult>,
  ): ApplyPorts['runChecks'] =>
  async () => ({
    ...{ schema: 1, cluster: 'cluster-x', startedAt: new Date().toISOString(), durationMs: 1 },
    identity: { plugin: { known: true, name: 'flannel' }, flavor: 'unknown', dualStack: 'unknown' },
    checks: [
      {
        ...{ id: 'flannel-cni-version', title: 'Flannel', area: 'flannel', intents: [] },
        ...{ findings: [], facts: [], ...verdict },
      },
    ],
  });

describe('between the card and the write', () => {
  it.each([
    [
      'the document itself',
      'ConfigMap',
      'kube-flannel-cfg',
      config('{"name":"cb0", "type":"flannel"}'),
      /kube-flannel-cfg \(last written by kubectl-edit, Update at \S+Z\) moved/,
    ],
    [
      'another key of the same ConfigMap',
      'ConfigMap',
      'kube-flannel-cfg',
      withData({ 'net-conf.json': '{}' }),
      /kube-flannel-cfg, data\["net-conf.json"\]/,
    ],
    [
      'the DaemonSet’s template',
      'DaemonSet',
      'kube-flannel-ds',
      otherTemplate,
      /DaemonSet kube-system\/kube-flannel-ds, image of \S+ \(.* → acs\/flannel:v0.15.1.23\)/,
    ],
    ['a precondition', 'ConfigMap', 'kube-flannel-cfg', config('broken'), /precondition no longer holds/],
    [
      'the need for it',
      'ConfigMap',
      'kube-flannel-cfg',
      config('{"cniVersion":"0.3.0"}'),
      /nothing left to change/,
    ],
  ])('makes it stale when someone changes %s', async (_what, kind, name, change, says) => {
    const { id } = await stand.approvedFix();
    stand.meddle(kind, name, change);
    expect(await stand.apply(id)).toMatchObject({ state: 'stale', detail: expect.stringMatching(says) });
    expect(stand.writes()).toEqual([]);
  });

  it('goes on when only metadata moved', async () => {
    const { id } = await stand.approvedFix();
    stand.meddle('ConfigMap', 'kube-flannel-cfg', labelled);
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
  });

  it('expires when its turn comes too late', async () => {
    const { id } = await stand.approvedFix();
    const now = () => new Date(Date.now() + 3_600_000);
    expect(await stand.apply(id, { now })).toMatchObject({ state: 'expired' });
    expect(stand.writes()).toEqual([]);
  });

  it('aborts when who approved it may no longer', async () => {
    const mayStillApply = async () => 'U0APPROVER left the list';
    const { id } = await stand.approvedFix();
    expect(await stand.apply(id, { mayStillApply })).toMatchObject({
      state: 'aborted',
      detail: expect.stringContaining('U0APPROVER left the list'),
    });
    expect(stand.writes()).toEqual([]);
  });

  it('waits for a later try where nobody can say whether they still may', async () => {
    const { id } = await stand.approvedFix();
    const mayStillApply = async () => {
      throw new AcknetError('slack.failed', 'Slack does not answer');
    };
    await expect(stand.apply(id, { mayStillApply })).rejects.toMatchObject({ code: 'slack.failed' });
    expect(await stand.store.get(id)).toMatchObject({ state: 'approved' });
    expect(stand.writes()).toEqual([]);
  });
});

it('asks for authority once, just before the first write', async () => {
  const { id } = await stand.approvedFix();
  const asked: (readonly string[])[] = [];
  const mayStillApply = async (): Promise<true> => {
    asked.push(stand.writes());
    return true;
  };
  const read: string[] = [];
  const get: typeof stand.store.get = async (wanted) => {
    const proposal = await stand.store.get(wanted);
    read.push(proposal?.state ?? 'none');
    return proposal;
  };
  expect(await stand.apply(id, { mayStillApply, store: { ...stand.store, get } })).toMatchObject({
    state: 'fixed',
  });
  expect(asked).toEqual([[]]);
  expect(read.filter((state) => state === 'approved')).toHaveLength(1);
});

describe('a fixer credential that leads elsewhere', () => {
  it('writes nothing to a cluster that only looks the same: names, contents and versions', async () => {
    const { id } = await stand.approvedFix();
    const other = await openFlannelStand();
    const config = ({ cluster: { simulator } }: FlannelStand) =>
      simulator.store.get(simulator.kind('ConfigMap'), 'kube-system', about.name).metadata as JsonObject;
    try {
      expect(config(other).resourceVersion).toBe(config(stand).resourceVersion);
      expect(config(other).uid).not.toBe(config(stand).uid);
      const access = { ...stand.cluster.access, writer: other.cluster.access.writer };
      expect(await stand.apply(id, { access })).toMatchObject({
        state: 'failed',
        detail: expect.stringContaining('does the fixer’s kubeconfig lead to the same cluster?'),
      });
      expect([...other.writes(), ...stand.writes()]).toEqual([]);
    } finally {
      await other.closeAll();
    }
  });
});

describe('a roll-out', () => {
  it('starts with the nodes that have least to lose, one by one', async () => {
    const { id } = await stand.approvedFix();
    const { steps } = await stand.apply(id);
    expect(steps.map(({ title }) => title)).toEqual([
      'Write ConfigMap kube-system/kube-flannel-cfg',
      ...nodeNames.map((node) => `Restart kube-flannel-ds on ${node}`),
    ]);
    const times = steps.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]);
    expect(times).toEqual([...times].sort());
  });

  it('leaves alone a pod that only has the label: it is not the DaemonSet’s', async () => {
    const { simulator } = stand.cluster;
    const kind = simulator.kind('Pod');
    const own = simulator.store.all(kind).find((pod) => nameOf(pod).startsWith('kube-flannel-ds-'));
    const stranger = { ...(own?.metadata as JsonObject), name: 'stranger', uid: 'u-1', ownerReferences: [] };
    simulator.store.create(kind, { ...own, metadata: stranger });
    const { id } = await stand.approvedFix();
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed', rollouts: [{ pods: 5 }] });
    expect(simulator.store.all(kind).map(nameOf)).toContain('stranger');
    expect(stand.writes()).toHaveLength(6);
  });

  it('stops at the first node that does not come back, says why, and can be undone', async () => {
    const { id } = await stand.approvedFix();
    stand.cluster.simulator.stuckNodes.add(nodeNames[2] ?? '');
    const ended = await stand.apply(id, { limits: { podReadySeconds: 3, verifySeconds: 1 } });
    expect(ended).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/0\.84 did not come back.*Pending, not Ready/),
    });
    expect(ended.steps.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'failed',
      'pending',
      'pending',
    ]);
    expect(stand.writes()).toHaveLength(4);
    expect(mayBeUndone(ended)).toBe(true);
  });

  it('looks at the first pod again before it goes on: one that fails after it was Ready stops it', async () => {
    const { id } = await stand.approvedFix();
    const { simulator } = stand.cluster;
    const [first = ''] = nodeNames;
    const wait: ApplyPorts['wait'] = async (ms) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (ms < 10_000) return;
      const kind = simulator.kind('Pod');
      const pod = simulator.store.all(kind).find((one) => isFlannelOn(one, first));
      simulator.stuckNodes.add(first);
      simulator.store.remove(kind, 'kube-system', nameOf(pod ?? {}));
    };
    const ended = await stand.apply(id, { wait, limits: { podReadySeconds: 3, verifySeconds: 1 } });
    expect(ended).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/0\.81 did not come back/),
    });
    expect(stand.writes()).toHaveLength(2);
  });

  it('touches no second node before the proof shows on the first', async () => {
    const { id } = await stand.approvedFix();
    const asked: (readonly string[])[] = [];
    const remediation = () => ({
      ...addFlannelCniVersion,
      prove: async (_reader: unknown, { nodes }: { nodes: readonly string[] }) => {
        asked.push(nodes);
        return { state: 'not-in-effect' as const, detail: 'It still reads the old file.' };
      },
    });
    const limits = { podReadySeconds: 3, verifySeconds: 1 };
    expect(await stand.apply(id, { remediation, limits })).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/first node.*without the change in effect: It still reads the old file/),
    });
    expect(asked[0]).toEqual([nodeNames[0]]);
    expect(stand.writes()).toHaveLength(2);
  });

  it('stops where someone changes what it wrote: no pod starts on what nobody approved', async () => {
    const { id } = await stand.approvedFix();
    const watching = onStep(/Restart/, 'done', () =>
      stand.meddle('ConfigMap', 'kube-flannel-cfg', config('{"cniVersion":"9.9.9"}')),
    );
    expect(await stand.apply(id, watching)).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(
        /kube-flannel-cfg, data\["cni-conf.json"\] \(last written by kubectl-edit, Update at \S+Z\): changed by someone else/,
      ),
    });
    expect(stand.writes()).toHaveLength(2);
  });

  it('stops between two nodes when someone presses Abort', async () => {
    const { id } = await stand.approvedFix();
    let asked: Promise<unknown> = Promise.resolve();
    const watching = onStep(/Restart/, 'started', () => {
      asked = stand.store.requestAbort(id, engineer);
    });
    const ended = await stand.apply(id, watching);
    await asked;
    expect(ended).toMatchObject({
      state: 'aborted',
      detail: expect.stringMatching(/with [34] of 6 steps not done/),
    });
    expect(ended.steps.filter(({ state }) => state === 'started')).toEqual([]);
    expect(stand.writes().length).toBeLessThan(4);
  });
});

describe('two workers', () => {
  it('never have one cluster at a time', async () => {
    const { id } = await stand.approvedFix();
    const outcomes = await Promise.allSettled([stand.apply(id), stand.apply(id)]);
    const busy = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map(({ reason }) => reason as AcknetError);
    expect(busy).toEqual([expect.objectContaining({ code: 'cluster.busy', retry: true })]);
    expect(stand.writes()).toHaveLength(6);
  });

  it('give the job twice, and do it once', async () => {
    const { id } = await stand.approvedFix();
    const first = await stand.apply(id);
    expect(await stand.apply(id)).toEqual(first);
    expect(stand.writes()).toHaveLength(6);
  });

  it('stop at the next write when the lease was lost; the successor goes on', async () => {
    const { id } = await stand.approvedFix();
    const lost = new AbortController();
    const lock: ClusterLock = {
      acquire: async () => ({ token: 1, lost: lost.signal, release: async () => undefined }),
    };
    const watching = onStep(/Restart/, 'done', () => lost.abort());
    await expect(stand.apply(id, { ...watching, lock })).rejects.toMatchObject({ code: 'cluster.busy' });
    expect(stand.writes()).toHaveLength(2);
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
    expect(stand.writes()).toHaveLength(6);
  });

  it('cannot record over each other: who holds an older lock is turned away', async () => {
    const { id } = await stand.approvedFix();
    let taken: Promise<unknown> = Promise.resolve();
    const watching = onStep(/Restart/, 'done', () => {
      taken = stand.store.recordStep(id, sampleStep({ id: 'successor', title: 'Later', state: 'done' }), 99);
    });
    await expect(stand.apply(id, watching)).rejects.toMatchObject({ code: 'cluster.busy' });
    await taken;
    expect(await stand.store.get(id)).toMatchObject({ state: 'applying', fence: 99 });
    expect(stand.writes().length).toBeLessThan(4);
  });

  it('hand over on shutdown', async () => {
    const { id } = await stand.approvedFix();
    const stop = new AbortController();
    const watching = onStep(/Restart/, 'started', () => stop.abort(new Error('shutting down')));
    await expect(stand.apply(id, { ...watching, signal: stop.signal })).rejects.toThrow('shutting down');
    expect(await stand.store.get(id)).toMatchObject({ state: 'applying' });
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
    expect(stand.writes()).toHaveLength(6);
  });
});

describe('a successor', () => {
  /** A worker that dies right after it recorded the write as begun. */
  async function begunAndLost(): Promise<string> {
    const { id } = await stand.approvedFix();
    const { store } = stand;
    const dying = {
      ...store,
      recordStep: async (...args: Parameters<typeof store.recordStep>) => {
        await store.recordStep(...args);
        throw new Error('killed');
      },
    };
    await expect(stand.apply(id, { store: dying })).rejects.toThrow('killed');
    return id;
  }

  it('does not repeat a write whose object was touched since: it says where to look', async () => {
    const id = await begunAndLost();
    stand.meddle('ConfigMap', 'kube-flannel-cfg', labelled);
    const ended = await stand.apply(id);
    expect(ended).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('Look at ConfigMap kube-system/kube-flannel-cfg'),
    });
    expect(stand.writes()).toEqual([]);
  });

  it('does not restart a pod after someone changed what was written: it says where to look', async () => {
    const { id } = await stand.approvedFix();
    const stop = new AbortController();
    const watching = onStep(/Restart/, 'started', () => stop.abort(new Error('shutting down')));
    await expect(stand.apply(id, { ...watching, signal: stop.signal })).rejects.toThrow('shutting down');
    stand.meddle('ConfigMap', 'kube-flannel-cfg', config('{"cniVersion":"9.9.9"}'));
    const ended = await stand.apply(id);
    expect(ended).toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(/kube-flannel-cfg.*changed by someone else.*had been begun: look there/),
    });
    expect(ended.steps.map(({ state }) => state)).not.toContain('started');
    expect(stand.writes()).toHaveLength(1);
  });

  it('carries out a write that provably did not happen', async () => {
    const id = await begunAndLost();
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
    expect(stand.writes()).toHaveLength(6);
  });

  it('asks again whether it may, while nothing has begun', async () => {
    const { id } = await stand.approvedFix();
    const dying = {
      ...stand.store,
      recordStep: async () => {
        throw new Error('killed');
      },
    };
    await expect(stand.apply(id, { store: dying })).rejects.toThrow('killed');
    expect(await stand.apply(id, { mayStillApply: async () => 'no more' })).toMatchObject({
      state: 'aborted',
    });
    expect(stand.writes()).toEqual([]);
  });
});

describe('the proof', () => {
  it('is the finding’s own check and the nodes’ condition', async () => {
    const { id } = await stand.approvedFix();
    expect(await stand.apply(id)).toMatchObject({
      state: 'fixed',
      detail: `Checked again: ${flannelCniVersion.title}: clear. 5 of 5 nodes are Ready.`,
    });
  });

  it('is outstanding while the check cannot read, and is looked at again at a stated time', async () => {
    const { id } = await stand.approvedFix();
    const runChecks = async () => {
      throw new AcknetError('cluster.forbidden', 'may not list nodes');
    };
    const limits = { podReadySeconds: 5, verifySeconds: 0.1 };
    const ended = await stand.apply(id, { runChecks, limits });
    expect(ended).toMatchObject({ state: 'unproven', detail: expect.stringContaining('may not list nodes') });
    expect(Date.parse(ended.recheckAt ?? '')).toBeGreaterThan(Date.now());
    expect(await stand.apply(id)).toMatchObject({ state: 'fixed' });
  });

  it('is asked of the very object: the same finding of another namespace is another one', async () => {
    const { id } = await stand.approvedFix();
    const elsewhere = { ...finding, severity: 'problem' as const, data: {}, evidence: [] };
    const findings = [{ ...elsewhere, about: { ...about, namespace: 'elsewhere' } }];
    const limits = { podReadySeconds: 5, verifySeconds: 0.1 };
    const runChecks = answering({ outcome: 'found', findings });
    expect(await stand.apply(id, { runChecks, limits })).toMatchObject({
      detail: expect.stringMatching(/^The finding is gone, but/),
    });
  });

  it.each([
    ['still finds what it mends', 'found', [finding], 'still-found'],
    ['finds nothing', 'clear', [], 'fixed'],
  ] as const)('of a fix asked for by command is the check that %s', async (_what, outcome, given, state) => {
    const { id } = await stand.approved(await stand.draft(addFlannelCniVersion));
    const findings = given.map((one) => ({ ...one, severity: 'problem' as const, data: {}, evidence: [] }));
    const limits = { podReadySeconds: 5, verifySeconds: 0.1 };
    const runChecks = answering({ outcome, findings });
    expect(await stand.apply(id, { runChecks, limits })).toMatchObject({ state });
  });

  it('is outstanding where the check does not apply any more: that is not clear', async () => {
    const { id } = await stand.approvedFix();
    const runChecks = answering({ outcome: 'not-applicable', reason: 'No Flannel here.' });
    expect(await stand.apply(id, { runChecks })).toMatchObject({
      state: 'unproven',
      detail: expect.stringContaining('does not apply any more: No Flannel here.'),
    });
  });

  it.each([
    ['another finding of the check', ['flannel-cni-version.waiting'], 'fixed', 'what was found is gone'],
    ['its own finding', ['flannel-cni-version.missing'], 'unproven', 'no time shows it'],
    ['any of them', undefined, 'unproven', 'no time shows it'],
  ] as const)('where the check leaves %s open', async (_title, only, state, detail) => {
    const { id } = await stand.approvedFix();
    const unknown = { code: 'check.no-evidence' as const, detail: 'no time shows it', ...(only && { only }) };
    const limits = { podReadySeconds: 5, verifySeconds: 0.1 };
    const ended = await stand.apply(id, { runChecks: answering({ outcome: 'unknown', unknown }), limits });
    expect(ended).toMatchObject({ state, detail: expect.stringContaining(detail) });
  });

  it('is not looked for any more once the fix was undone', async () => {
    const { id } = await stand.approvedFix();
    const blind: ApplyPorts['runChecks'] = async () => {
      throw new AcknetError('cluster.timed-out', 'no answer');
    };
    const fix = await stand.apply(id, { runChecks: blind });
    expect(fix.state).toBe('unproven');
    const undo = await stand.approved(await stand.undo(fix));
    await stand.store.move(undo.id, { to: 'applying', by: 'system' });
    const appliedAt = new Date().toISOString();
    await stand.store.move(undo.id, { to: 'verifying', by: 'system', set: { appliedAt } });
    expect(await stand.apply(id)).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('undone before it was proven'),
    });
  });

  it('ends as unknown when the second look shows nothing either', async () => {
    const { id } = await stand.approvedFix();
    const runChecks = async () => {
      throw new AcknetError('cluster.forbidden', 'may not list nodes');
    };
    const ports = { runChecks, limits: { podReadySeconds: 5, verifySeconds: 0.1 } };
    await stand.apply(id, ports);
    expect(await stand.apply(id, ports)).toMatchObject({ state: 'unknown' });
  });
});

describe('an undo', () => {
  const applied = async () => {
    const { id } = await stand.approvedFix();
    return stand.apply(id);
  };

  it('belongs to whoever asked for the fix, and names what it undoes', async () => {
    const fix = await applied();
    const draft = await stand.undo(fix);
    expect(draft).toMatchObject({
      kind: 'proposal',
      proposal: {
        undoes: fix.id,
        requestedBy: engineer,
        undoAskedBy: approver,
        undo: 'none',
        diffs: [{ diff: expect.stringContaining('-  "cniVersion"') }],
      },
    });
  });

  it('stands in the audit log as asked for by whoever pressed Undo', async () => {
    const undo = await stand.approved(await stand.undo(await applied()));
    expect(await stand.actorsOf(undo.id)).toMatchObject([
      ['proposed', approver],
      ['vote.approve', approver],
    ]);
  });

  it('starts with the nodes that were broken before the fix, though they are Ready now', async () => {
    const undo = await stand.approved(await stand.undo(await applied()));
    const limits = { podReadySeconds: 3, verifySeconds: 1 };
    const { steps } = await stand.apply(undo.id, { limits });
    const broken = nodeNames.slice(0, 3);
    expect(steps.slice(1, 4).map(({ title }) => title)).toEqual(
      broken.map((node) => `Restart kube-flannel-ds on ${node}`),
    );
  });

  it('leaves alone the nodes that were well and that the old value would break, and says so', async () => {
    const draft = await stand.undo(await applied());
    expect(draft).toMatchObject({
      proposal: {
        rollouts: [{ pods: 3 }],
        warnings: expect.arrayContaining([
          expect.stringMatching(/NotReady before the fix: 3; they will be again, and are restarted first/),
          expect.stringMatching(/^Not restarted, because .* keep what it wrote until their pods restart\.$/),
        ]),
      },
    });
  });

  it('restarts no pod that the fix did not restart', async () => {
    const { id } = await stand.approvedFix();
    const watching = onStep(/0\.83/, 'done', () =>
      stand.meddle('ConfigMap', 'kube-flannel-cfg', withData({ 'net-conf.json': '{}' })),
    );
    const fix = await stand.apply(id, watching);
    expect(fix).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/Restarted before: \S+0\.81, \S+0\.83\. Not restarted: \S+0\.84, /),
    });
    const draft = await stand.undo(fix);
    expect(draft).toMatchObject({
      proposal: {
        rollouts: [{ pods: 2 }],
        warnings: expect.arrayContaining([expect.stringMatching(/by others.*net-conf.json/)]),
      },
    });
  });

  it('says plainly what it brings back, and takes the outcome off the card of the fix', async () => {
    const fix = await applied();
    const draft = await stand.undo(fix);
    if (draft.kind !== 'proposal') throw new Error('no undo');
    expect(draft.proposal.warnings[0]).toBe(
      `This brings back what the fix was for. Before the fix: ${finding.message}`,
    );
    const undo = await stand.approved(draft);
    await stand.store.move(undo.id, { to: 'applying', by: 'system' });
    expect(await stand.store.get(fix.id)).toMatchObject({ undone: 'begun' });
    await stand.store.move(undo.id, { to: 'verifying', by: 'system' });
    expect(await stand.store.get(fix.id)).toMatchObject({ state: 'fixed', undone: 'done' });
    expect(await (stand.store as CardBacklog & typeof stand.store).behind()).toContain(fix.id);
  });

  it('is refused when someone changed the value since', async () => {
    const fix = await applied();
    stand.meddle('ConfigMap', 'kube-flannel-cfg', config('{"cniVersion":"0.4.0"}'));
    expect(await stand.undo(fix)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('changed after the fix'),
    });
  });

  it('is stale when someone changes the value between its card and the click', async () => {
    const undo = await stand.approved(await stand.undo(await applied()));
    stand.meddle('ConfigMap', 'kube-flannel-cfg', config('{"cniVersion":"0.4.0"}'));
    const before = stand.writes().length;
    expect(await stand.apply(undo.id)).toMatchObject({ state: 'stale' });
    expect(stand.writes()).toHaveLength(before);
  });

  it('is refused where nothing was written', async () => {
    const { id } = await stand.approvedFix();
    const stopped = await stand.apply(id, { mayStillApply: async () => 'no' });
    expect(mayBeUndone(stopped)).toBe(false);
    expect(await stand.undo(stopped)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(about.name),
    });
  });
});

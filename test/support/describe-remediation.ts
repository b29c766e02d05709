import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject, ObjectRef } from '../../src/cluster/ports.js';
import { isDated } from '../../src/cluster/write-times.js';
import type { Proposal, ProposalState } from '../../src/proposals/proposal.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { kindNamed } from './api-server/admin.js';
import { type ApiServer, apiServers, isOlder, openTestCluster } from './api-server/open-test-cluster.js';
import type { TestCluster } from './api-server/test-cluster.js';
import { type ApplyStand, openApplyStand } from './apply-stand.js';
import { patience } from './patience.js';
import { fixReads, planReads } from './plan-reads.js';

export interface RemediationCase {
  readonly scenario: string;
  /** Merge patches that bring the scenario's cluster into the state that the remediation is for. */
  readonly edits?: readonly { readonly ref: ObjectRef; readonly merge: (before: JsonObject) => JsonObject }[];
  readonly params?: Record<string, unknown>;
  readonly target?: ObjectRef;
  /** Message id of the finding it starts from; absent = started by command. */
  readonly finding?: { readonly id: string; readonly check: string; readonly about: ObjectRef };
  /** Lines that the diff must hold, each with its leading + or -. */
  readonly diff: readonly string[];
  readonly warns?: readonly string[];
  readonly risk?: Proposal['risk'];
  /** Default `fixed`. */
  readonly ends?: ProposalState;
  /** Part of what is said with the end. */
  readonly says?: string;
  /** What it says instead where no log can be read. */
  readonly saysWithoutLogs?: string;
  /** It goes by the time a ConfigMap was written, which not every API server keeps up to date; how it ends on those. */
  readonly undated?: { readonly ends: ProposalState };
  /** The first Kubernetes release that it is for: skipped on an older API server. */
  readonly from?: string;
  /** How the undo ends; default `fixed`. `failed` where what it puts back is what stopped nodes. */
  readonly undoEnds?: ProposalState;
  /** Objects whose data the undo must bring back exactly (or leave different, where it is `partial`). */
  readonly objects?: readonly ObjectRef[];
}

const { signal } = new AbortController();

/**
 * Plan on the scenario -> the expected diff -> apply -> the check says what `after` declares -> a second plan is empty
 * -> undo does what `undo` declares. The reader may read what the remediation declares, and the fixer write, no more.
 */
export function describeRemediation(
  remediation: Remediation,
  given: RemediationCase,
  servers: readonly ApiServer[] = apiServers,
): void {
  const older = servers.filter((server) => isOlder(server, given.from));
  for (const server of older)
    describe.skip(`${remediation.id} on ${server}, which is older than ${given.from}`, () =>
      void it.todo('contract'));
  describe.each(servers.filter((server) => !older.includes(server)))(
    `${remediation.id} on ${given.scenario}, on %s`,
    (server) => {
      let cluster: TestCluster;
      let stand: ApplyStand;
      let proposal: Proposal;
      let before: readonly JsonObject[];

      beforeAll(async () => {
        cluster = await openTestCluster(server, given.scenario, {
          reads: planReads(remediation),
          writes: remediation.writes,
        });
        for (const { ref, merge } of given.edits ?? []) await edit(cluster, ref, merge);
        stand = openApplyStand(cluster.access);
        before = await dataOf(cluster, given);
        const draft = await stand.draft(remediation, inputOf(given));
        if (draft.kind !== 'proposal') throw new Error(`no proposal: ${JSON.stringify(draft)}`);
        proposal = draft.proposal;
        await cluster.grantReader(fixReads(remediation));
      });
      afterAll(async () => {
        await stand?.close();
        await cluster?.close();
      });

      it('shows what will change, and passes the server’s dry run with no more rights than it declares', async () => {
        const lines = proposal.diffs
          .flatMap(({ diff }) => diff.split('\n'))
          .filter((line) => /^[+-](?![+-]{2} )/.test(line));
        expect(lines).toEqual(given.diff);
        expect(proposal.dryRun).toEqual({ ok: true });
        expect(proposal.risk).toBe(given.risk ?? remediation.risk);
        for (const part of given.warns ?? []) expect(proposal.warnings.join('\n')).toContain(part);
        expect(await dataOf(cluster, given)).toEqual(before);
      });

      it(`applies it, and ends as ${given.ends ?? 'fixed'}`, async () => {
        await stand.approved({ kind: 'proposal', proposal });
        const ended = await stand.apply(proposal.id);
        const dated = given.undated === undefined || (await keepsTimes(cluster));
        const says = (cluster.logs ? undefined : given.saysWithoutLogs) ?? given.says ?? '';
        expect({ state: ended.state, detail: ended.detail }).toEqual({
          state: (dated ? undefined : given.undated?.ends) ?? given.ends ?? 'fixed',
          detail: expect.stringContaining(says),
        });
        expect(ended.steps.map(({ state }) => state)).toEqual(ended.steps.map(() => 'done'));
        expect(await stand.lockIsFree()).toBe(true);
      });

      it('finds nothing to do the second time', async () => {
        const draft = await stand.draft(remediation, inputOf(given));
        const told = given.undated === undefined || (await keepsTimes(cluster));
        expect(draft.kind).toBe(told ? 'nothing' : 'refused');
      });

      it(`undoes it: ${remediation.undo}`, async () => {
        const applied = await stand.store.get(proposal.id);
        if (applied === undefined) throw new Error('the proposal is gone');
        const draft = await stand.undo(applied);
        if (remediation.undo === 'none') return expect(draft.kind).toBe('refused');
        const undo = await stand.approved(draft);
        const ends = given.undoEnds ?? 'fixed';
        const limits = { podReadySeconds: ends === 'failed' ? 0.5 : patience(5), verifySeconds: 30 };
        const ended = await stand.apply(undo.id, { limits });
        expect({ state: ended.state, detail: ended.detail }).toEqual({
          state: ends,
          detail: expect.any(String),
        });
        expect(await dataOf(cluster, given)).toEqual(before);
      });
    },
  );
}

const inputOf = ({ params, target, finding }: RemediationCase) => ({
  ...(params && { params }),
  ...(target && { target }),
  ...(finding && { finding: { ...finding, message: 'as the check said' } }),
});

const keepsTimes = ({ access }: TestCluster): Promise<boolean> =>
  isDated(access.reader(signal), new Date().toISOString());

async function edit({ admin }: TestCluster, ref: ObjectRef, merge: (before: JsonObject) => JsonObject) {
  const kind = kindNamed(ref.kind);
  await admin.merge(kind, ref, {
    patch: merge(await admin.get(kind, ref)),
    manager: 'kubectl-edit',
  });
}

/** `data` or `spec` of the objects that the case watches, as they are stored. */
function dataOf({ admin }: TestCluster, { objects = [] }: RemediationCase): Promise<readonly JsonObject[]> {
  return Promise.all(
    objects.map(async (ref) => {
      const { data, spec } = await admin.get(kindNamed(ref.kind), ref);
      return { ...(data !== undefined && { data }), ...(spec !== undefined && { spec }) };
    }),
  );
}

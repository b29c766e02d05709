import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Proposal, ProposalState } from '../../src/approvals/proposal.js';
import { checks } from '../../src/checks/index.js';
import { identityReads } from '../../src/cluster/gather-identity.js';
import type { JsonObject, ObjectRef } from '../../src/cluster/ports.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { type ApplyStand, openApplyStand } from './apply-stand.js';
import { type SimulatedCluster, startSimulatedCluster } from './start-simulated-cluster.js';

export interface RemediationCase {
  readonly scenario: string;
  /** Brings the scenario's cluster into the state that the remediation is for. */
  readonly prepare?: (cluster: SimulatedCluster) => void;
  readonly params?: Record<string, unknown>;
  readonly target?: ObjectRef;
  /** Message id of the finding it starts from; absent = started by command. */
  readonly finding?: { readonly id: string; readonly about: ObjectRef };
  /** Lines that the diff must hold, each with its leading + or -. */
  readonly diff: readonly string[];
  readonly warns?: readonly string[];
  readonly risk?: Proposal['risk'];
  /** Default `fixed`. */
  readonly ends?: ProposalState;
  /** Part of what is said with the end. */
  readonly says?: string;
  /** How the undo ends; default `fixed`. `failed` where what it puts back is what stopped nodes. */
  readonly undoEnds?: ProposalState;
  /** Objects whose data the undo must bring back exactly (or leave different, where it is `partial`). */
  readonly objects?: readonly ObjectRef[];
}

/**
 * Plan on the scenario -> the expected diff -> apply -> the check says what `after` declares -> a second plan is empty
 * -> undo does what `undo` declares. The reader may read what the remediation declares, and the fixer write, no more.
 */
export function describeRemediation(remediation: Remediation, given: RemediationCase): void {
  describe(`${remediation.id} on ${given.scenario}`, () => {
    let cluster: SimulatedCluster;
    let stand: ApplyStand;
    let proposal: Proposal;
    let before: readonly JsonObject[];

    beforeAll(async () => {
      const checkReads = checks
        .filter(({ id }) => given.finding?.id.startsWith(`${id}.`))
        .flatMap(({ reads }) => reads);
      cluster = await startSimulatedCluster(given.scenario, {
        reads: [...remediation.reads, ...identityReads],
        writes: remediation.writes,
      });
      given.prepare?.(cluster);
      stand = openApplyStand(cluster.access);
      before = dataOf(cluster, given);
      const draft = await stand.draft(remediation, inputOf(given));
      if (draft.kind !== 'proposal') throw new Error(`no proposal: ${JSON.stringify(draft)}`);
      proposal = draft.proposal;
      cluster.simulator.grant('reader', [...remediation.reads, ...identityReads, ...checkReads]);
    });
    afterAll(async () => {
      await stand?.close();
      await cluster?.close();
    });

    it('shows what will change, and passes the server’s dry run with no more rights than it declares', () => {
      const lines = proposal.diffs
        .flatMap(({ diff }) => diff.split('\n'))
        .filter((line) => /^[+-](?![+-]{2} )/.test(line));
      expect(lines).toEqual(given.diff);
      expect(proposal.dryRun).toEqual({ ok: true });
      expect(proposal.risk).toBe(given.risk ?? remediation.risk);
      for (const part of given.warns ?? []) expect(proposal.warnings.join('\n')).toContain(part);
      expect(dataOf(cluster, given)).toEqual(before);
    });

    it(`applies it, and ends as ${given.ends ?? 'fixed'}`, async () => {
      await stand.approved({ kind: 'proposal', proposal });
      const ended = await stand.apply(proposal.id);
      expect({ state: ended.state, detail: ended.detail }).toEqual({
        state: given.ends ?? 'fixed',
        detail: expect.stringContaining(given.says ?? ''),
      });
      expect(ended.steps.map(({ state }) => state)).toEqual(ended.steps.map(() => 'done'));
      expect(await stand.lockIsFree()).toBe(true);
    });

    it('finds nothing to do the second time', async () => {
      const draft = await stand.draft(remediation, inputOf(given));
      expect(draft.kind).toBe('nothing');
    });

    it(`undoes it: ${remediation.undo}`, async () => {
      const applied = await stand.store.get(proposal.id);
      if (applied === undefined) throw new Error('the proposal is gone');
      const draft = await stand.undo(applied);
      if (remediation.undo === 'none') return expect(draft.kind).toBe('refused');
      const undo = await stand.approved(draft);
      const ends = given.undoEnds ?? 'fixed';
      const limits = { podReadySeconds: ends === 'failed' ? 0.5 : 5, verifySeconds: 2 };
      const ended = await stand.apply(undo.id, { limits });
      expect({ state: ended.state, detail: ended.detail }).toEqual({
        state: ends,
        detail: expect.any(String),
      });
      expect(dataOf(cluster, given)).toEqual(before);
    });
  });
}

const inputOf = ({ params, target, finding }: RemediationCase) => ({
  ...(params && { params }),
  ...(target && { target }),
  ...(finding && { finding: { ...finding, message: 'as the check said' } }),
});

/** `data` or `spec` of the objects that the case watches, as they are stored. */
function dataOf({ simulator }: SimulatedCluster, { objects = [] }: RemediationCase): readonly JsonObject[] {
  return objects.map((ref) => {
    const { data, spec } = simulator.store.get(simulator.kind(ref.kind), ref.namespace, ref.name);
    return { ...(data !== undefined && { data }), ...(spec !== undefined && { spec }) };
  });
}

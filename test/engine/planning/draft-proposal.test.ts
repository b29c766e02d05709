import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { draftProposal } from '../../../src/engine/planning/draft-proposal.js';
import { AcknetError } from '../../../src/errors.js';
import type { Proposal } from '../../../src/proposals/proposal.js';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.js';
import { engineer, terms } from '../../support/apply-stand.js';
import { type FlannelStand, finding, openFlannelStand, withData } from '../changing/flannel-stand.js';

let stand: FlannelStand;
beforeEach(async () => {
  stand = await openFlannelStand();
});
afterEach(() => stand.closeAll());

async function drafted(): Promise<Proposal> {
  const draft = await stand.draftFix();
  if (draft.kind !== 'proposal') throw new Error(JSON.stringify(draft));
  return draft.proposal;
}

const withImage =
  (image: string) =>
  (object: JsonObject): JsonObject => {
    const spec = structuredClone(object.spec) as { template: { spec: { containers: { image: string }[] } } };
    for (const container of spec.template.spec.containers) container.image = image;
    return { ...object, spec: spec as unknown as JsonObject };
  };

describe('draftProposal', () => {
  it('says who asked, what for, what restarts and until when', async () => {
    expect(await drafted()).toMatchObject({
      state: 'proposed',
      requestedBy: engineer,
      finding: { id: finding.id },
      risk: 'medium',
      rollouts: [{ daemonSet: 'kube-flannel-ds', pods: 5, strategy: 'OnDelete', alsoChanges: [] }],
      dryRun: { ok: true },
    });
  });

  it('warns where somebody else applies the field that it sets, and asks no other right for it', async () => {
    expect((await drafted()).warnings.join()).not.toContain('put it back');
    stand.meddle('ConfigMap', 'kube-flannel-cfg', (object) => {
      const [first] = (object.metadata as { managedFields: JsonObject[] }).managedFields;
      const managedFields = [{ ...first, manager: 'argocd-controller', operation: 'Apply' }];
      return { ...object, metadata: { ...(object.metadata as JsonObject), managedFields } };
    });
    const { warnings } = await drafted();
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^Argo CD \(argocd-controller\) will put it back: it owns data\["cni-conf.json"\]/,
      ),
    );
  });

  it('keeps digests and the spliced range, never the document', async () => {
    stand.meddle(
      'ConfigMap',
      'kube-flannel-cfg',
      withData({
        'cni-conf.json': '{"name":"cb0","type":"flannel","note":"canary-of-the-rest"}',
      }),
    );
    const { changes } = await drafted();
    expect(JSON.stringify(changes)).not.toContain('canary-of-the-rest');
    expect(changes[0]).toMatchObject({
      splice: { removed: '', inserted: expect.stringContaining('cniVersion') },
    });
  });

  it('shows and keeps no secret of the document it edits', async () => {
    const secret = '{"name":"cb0","type":"flannel","access_secret":"canary-secret","token":"canary-token"}';
    stand.meddle('ConfigMap', 'kube-flannel-cfg', withData({ 'cni-conf.json': secret }));
    expect(JSON.stringify(await drafted())).not.toContain('canary');
  });

  it('names what else a restart brings, and raises the risk for it', async () => {
    stand.meddle('DaemonSet', 'kube-flannel-ds', withImage('acs/flannel:v0.15.1.23'));
    const { risk, rollouts } = await drafted();
    expect(risk).toBe('high');
    expect(rollouts[0]?.alsoChanges).toHaveLength(5);
    expect(rollouts[0]?.alsoChanges[0]).toMatchObject({
      from: expect.stringContaining('v0.11.0.2'),
      to: 'acs/flannel:v0.15.1.23',
    });
  });

  it('changes nothing on the server', async () => {
    await drafted();
    expect(stand.writes()).toEqual([]);
  });

  it('says what the server refused in the dry run', async () => {
    stand.cluster.simulator.grant('fixer', []);
    const { dryRun } = await drafted();
    expect(dryRun).toEqual({
      ok: false,
      detail: expect.stringContaining('cannot patch resource "configmaps"'),
    });
  });

  it.each([
    ['takes up what moved beside the change during the dry run', 2, { ok: true }],
    ['gives up on an object that never holds still', 3, { ok: false, detail: expect.any(String) }],
  ])('%s', async (_title, times, dryRun) => {
    const message = 'the server rejected our request due to an error in our request';
    const effect = { kind: 'status', status: 422, message } as const;
    stand.cluster.simulator.faults.add({ method: 'PATCH', times, effect });
    expect((await drafted()).dryRun).toEqual(dryRun);
  });

  it('says that someone changed what the plan was made for', async () => {
    const { reader } = stand.cluster.access;
    let reads = 0;
    const access = {
      ...stand.cluster.access,
      reader: (signal: AbortSignal) => ({
        ...reader(signal),
        get: async (...at: Parameters<ReturnType<typeof reader>['get']>) => {
          // The plan has read it once; the dry run reads it again.
          if (at[1].name === 'kube-flannel-cfg') reads += 1;
          if (reads === 2)
            stand.meddle(
              'ConfigMap',
              'kube-flannel-cfg',
              withData({ 'cni-conf.json': '{"type":"flannel"}' }),
            );
          return reader(signal).get(...at);
        },
      }),
    } as typeof stand.cluster.access;
    const draft = await draftProposal({
      ...{ access, remediation: addFlannelCniVersion, finding, now: new Date(), nextId: () => 'p1' },
      ...{ signal: new AbortController().signal, terms },
    });
    expect(draft).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('changed by someone else'),
      hint: 'Ask for the fix again.',
    });
  });

  it('has nothing to propose where the config is well', async () => {
    stand.meddle('ConfigMap', 'kube-flannel-cfg', withData({ 'cni-conf.json': '{"cniVersion":"0.3.0"}' }));
    expect(await stand.draftFix()).toEqual({ kind: 'nothing' });
  });

  it('refuses where the remediation does, with its reason', async () => {
    stand.meddle('ConfigMap', 'kube-flannel-cfg', withData({ 'cni-conf.json': 'no json' }));
    expect(await stand.draftFix()).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not a JSON object'),
      hint: expect.any(String),
    });
  });

  it('refuses where it may not read', async () => {
    stand.cluster.simulator.grant('reader', []);
    expect(await stand.draftFix()).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('cannot list'),
    });
  });

  it('refuses where the cluster has no fixer', async () => {
    const access = {
      ...stand.cluster.access,
      writer: () => {
        throw new AcknetError('cluster.no-fixer', 'no fixer here');
      },
    };
    expect(await stand.draft(addFlannelCniVersion, { access })).toEqual({
      kind: 'refused',
      reason: 'no fixer here',
    });
  });

  it('refuses parameters that the remediation does not take', async () => {
    const draft = await stand.draft(addFlannelCniVersion, { finding, params: { surprise: 1 } });
    expect(draft).toMatchObject({ kind: 'refused', reason: expect.stringContaining('surprise') });
  });
});

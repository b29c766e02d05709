import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Proposal } from '../../src/approvals/proposal.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { AcknetError } from '../../src/errors.js';
import { addFlannelCniVersion } from '../../src/remediations/flannel/add-flannel-cni-version.js';
import { engineer } from '../support/apply-stand.js';
import { type FlannelStand, finding, openFlannelStand, withData } from './flannel-stand.js';

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
      reason: expect.stringContaining('cannot get'),
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

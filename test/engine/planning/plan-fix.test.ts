import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { planFix } from '../../../src/engine/planning/plan-fix.js';
import { isAcknetError } from '../../../src/errors.js';
import type { Remediation } from '../../../src/remediations/define-remediation.js';
import { addFlannelCniVersion } from '../../../src/remediations/flannel/add-flannel-cni-version.js';
import { enableFlannelHairpin } from '../../../src/remediations/flannel/enable-flannel-hairpin.js';
import { moveFlannelAddressStore } from '../../../src/remediations/flannel/move-flannel-address-store.js';
import { addPodVswitch } from '../../../src/remediations/terway/add-pod-vswitch.js';
import { enableInClusterLoadBalancing } from '../../../src/remediations/terway/enable-in-cluster-load-balancing.js';
import { restartTerway } from '../../../src/remediations/terway/restart-terway.js';
import { flannel, LEGACY } from '../../remediations/flannel/flannel-objects.js';
import { daemonPod, writtenAt } from '../../remediations/plan-objects.js';
import { terway } from '../../remediations/terway/terway-objects.js';
import { type InMemoryCluster, readerOf } from '../../support/reader-of.js';
import { host } from '../../support/terway-objects.js';

const SINCE_PODS = '2026-11-01T00:00:00Z';
const UNVERSIONED = LEGACY.replace('"cniVersion":"0.3.0",', '');
/** All nodes Ready, their pods older than a config without cniVersion. */
const waiting = flannel({ config: UNVERSIONED, written: SINCE_PODS });

const withWriteTime = (objects: readonly JsonObject[]): JsonObject[] =>
  objects.map((object) => (object.kind === 'ConfigMap' ? writtenAt(object, SINCE_PODS) : object));
/** A zone whose nodes get no address without a pod vSwitch of it, and a value that switches load balancing off, both newer than the Terway pods. */
const twoFaults = [
  ...withWriteTime(terway({ type: 'IPVlan', data: { in_cluster_loadbalance: 'yes' } })),
  host('n2', { zone: 'cn-hangzhou-j', labels: { 'alibabacloud.com/lingjun-worker': 'true' } }),
  daemonPod('terway-eniip', 'n1', { image: 'acs/terway:v1.11.1' }),
];
const vSwitch = { vSwitch: 'vsw-bp1newone7k2m4p6q8r0', zone: 'cn-hangzhou-j' };

interface Given extends InMemoryCluster {
  readonly remediation: Remediation;
  readonly params?: Record<string, unknown>;
}

async function planned({ remediation, params = {}, ...cluster }: Given): Promise<unknown> {
  const now = new Date('2026-11-24T03:00:00Z');
  try {
    const plan = await planFix(readerOf(cluster), remediation, { target: undefined, params, now });
    const changes = plan.changes.map(({ verb, about }) => `${verb} ${about.name}`);
    return { changes, first: plan.warnings[0] };
  } catch (error) {
    if (!isAcknetError(error, 'plan.refused')) throw error;
    return { refused: error.message, hint: error.hint };
  }
}

const flannelRoll = ['edit-document kube-flannel-cfg', 'roll-pods kube-flannel-ds'];

describe('a plan whose pods would meet a fault that running ones do not have', () => {
  it.each([
    ['switches hairpin on', enableFlannelHairpin],
    ['moves the address store, though it restarts nothing', moveFlannelAddressStore],
  ])('is refused where it %s, and says what comes first', async (_title, remediation) => {
    expect(await planned({ remediation, objects: waiting })).toEqual({
      refused: expect.stringContaining('(flannel-cni-version.missing)'),
      hint: 'First: /acknet fix add-flannel-cni-version cluster-x',
    });
  });

  it('is made where it is the very fix of that fault', async () => {
    expect(await planned({ remediation: addFlannelCniVersion, objects: waiting })).toMatchObject({
      changes: flannelRoll,
    });
  });

  it('is made where every pod runs that config already', async () => {
    const objects = flannel({ config: UNVERSIONED });
    expect(await planned({ remediation: enableFlannelHairpin, objects })).toMatchObject({
      changes: flannelRoll,
    });
  });

  it('is refused where the server does not date each write: the pods may be older', async () => {
    const objects = flannel({ config: UNVERSIONED });
    expect(
      await planned({ remediation: enableFlannelHairpin, objects, version: 'v1.22.3-aliyun.1' }),
    ).toMatchObject({ refused: expect.stringContaining('flannel-cni-version.missing') });
  });

  it('is refused where a check of what they start with cannot read', async () => {
    expect(
      await planned({ remediation: enableFlannelHairpin, objects: flannel(), forbidden: ['services'] }),
    ).toMatchObject({ refused: expect.stringContaining('could not be read (flannel-hairpin)') });
  });

  it('is refused for Terway alike', async () => {
    expect(await planned({ remediation: restartTerway, objects: twoFaults })).toMatchObject({
      refused: expect.stringMatching(/terway-in-cluster-load-balancing.invalid|pod-ip-outside-vswitch/),
    });
  });
});

describe('two faults that wait on each other', () => {
  it('are mended by one plan', async () => {
    expect(await planned({ remediation: addPodVswitch, objects: twoFaults, params: vSwitch })).toEqual({
      changes: ['edit-document eni-config', 'set eni-config', 'roll-pods terway-eniip'],
      first: expect.stringMatching(/mends two faults at once.*in_cluster_loadbalance is "yes"/),
    });
  });

  it('are left to the fix that must be told what to set', async () => {
    expect(await planned({ remediation: enableInClusterLoadBalancing, objects: twoFaults })).toEqual({
      refused: expect.stringContaining('pod-ip-outside-vswitch.zoneFails'),
      hint: expect.stringContaining('Add a pod vSwitch and restart Terway'),
    });
  });
});

import { networkPlugin } from '../../../src/checks/cluster/network-plugin.js';
import type { CloudQuery } from '../../../src/cloud/ports.js';
import { type InMemoryCloud, notFound } from '../../support/cloud-of.js';
import { type CheckCase, describeCases } from '../../support/describe-check.js';
import { fixture, node } from '../../support/kube-objects.js';

const objects = [fixture('01-daemonset-terway-eniip'), node('n1')];
const VERSION = '1.31.1-aliyun.1';

interface Account {
  readonly installed?: readonly object[];
  readonly offered?: readonly object[];
  readonly detail?: object;
  readonly expires?: string | null;
  /** Versions that ACK names; absent = the one that is asked for. */
  readonly named?: readonly object[] | 'none by that id';
  readonly refused?: InMemoryCloud['refused'];
}
/** The catalogue of versions answers only whom names region and kind of cluster, as the real one does. */
const account = (given: Account = {}): InMemoryCloud => {
  const { installed, offered, detail, expires, refused, named } = {
    installed: [{ name: 'terway-eniip', version: 'v1.15.3', state: 'active' }],
    offered: [{ name: 'terway-eniip', version: 'v1.15.3' }],
    expires: '2027-11-30T00:00:00Z',
    ...given,
  };
  return {
    answers: {
      'cs:DescribeClusterDetail': [
        detail ?? { vpc_id: 'vpc-own', current_version: VERSION, cluster_type: 'ManagedKubernetes' },
      ],
      'cs:ListClusterAddonInstances': installed,
      'cs:ListAddons': ({ cluster_id }: CloudQuery) => (cluster_id === undefined ? [] : offered),
      'cs:DescribeKubernetesVersionMetadata': ({ Region, ClusterType, KubernetesVersion }: CloudQuery) => {
        if (named === 'none by that id') return notFound(String(KubernetesVersion));
        return Region === 'cn-hangzhou' && ClusterType === 'ManagedKubernetes'
          ? (named ?? [{ version: KubernetesVersion, expiration_date: expires }])
          : [];
      },
    },
    ...(refused !== undefined && { refused }),
  };
};
const terway = (version: string | undefined) => [{ name: 'terway-eniip', version }];

/** A version that ACK does not name is a fact about it: plugin and add-ons are judged all the same. */
const unlisted = (named: NonNullable<Account['named']>): CheckCase => ({
  objects,
  cloud: account({ named, offered: terway('v1.17.2') }),
  outcome: 'clear',
  finds: [
    'behind: Add-on terway-eniip is installed in version v1.15.3, and ACK offers v1.17.2 for this cluster. Its release notes say what an upgrade restarts.',
  ],
  facts: [`ACK supports Kubernetes ${VERSION} until: not told: ACK names no such version`],
});

describeCases(networkPlugin, {
  'tells that ACK names no version at all, and judges the rest': unlisted([]),
  'tells that ACK names other versions alone, and judges the rest': unlisted([
    { version: '1.35.2-aliyun.1', expiration_date: '2028-01-31T00:00:00Z' },
  ]),
  'tells that ACK knows no such version, and judges the rest': unlisted('none by that id'),
  'cannot tell how long it is supported where the account does not say the kind of the cluster': {
    objects,
    cloud: account({ detail: { vpc_id: 'vpc-own', current_version: VERSION } }),
    outcome: 'unknown',
    says: `How long ACK supports Kubernetes ${VERSION} is not told`,
    open: ['supportEnds', 'supportEnded'],
  },
  'has nothing to say where all is the newest and long supported': {
    objects,
    cloud: account(),
    outcome: 'clear',
  },
  'advises about an add-on that ACK offers a newer version of, in the very words of both': {
    objects,
    cloud: account({ offered: terway('v1.17.2') }),
    outcome: 'clear',
    finds: [
      'behind: Add-on terway-eniip is installed in version v1.15.3, and ACK offers v1.17.2 for this cluster. Its release notes say what an upgrade restarts.',
    ],
    evidence: [
      'ListClusterAddonInstances, terway-eniip.version: v1.15.3',
      'ListAddons, terway-eniip.version: v1.17.2',
    ],
  },
  'compares numbers, not texts': {
    objects,
    cloud: account({
      installed: [{ name: 'coredns', version: 'v1.9.3.10-7dfca203-aliyun', state: 'active' }],
      offered: [{ name: 'coredns', version: 'v1.11.3.5-5321daf49-aliyun' }],
    }),
    outcome: 'clear',
    finds: [
      'behind: Add-on coredns is installed in version v1.9.3.10-7dfca203-aliyun, and ACK offers v1.11.3.5-5321daf49-aliyun for this cluster. Its release notes say what an upgrade restarts.',
    ],
  },
  'calls no newer one old that ACK does not offer for all yet': {
    objects,
    cloud: account({ installed: terway('v1.18.0') }),
    outcome: 'clear',
  },
  'says nothing of add-ons that are none of the network': {
    objects,
    cloud: account({
      installed: [...terway('v1.15.3'), { name: 'metrics-server', version: 'v0.3.9' }],
      offered: [...terway('v1.15.3'), { name: 'metrics-server', version: 'v0.8.0' }],
    }),
    outcome: 'clear',
  },
  'advises 90 days before the support ends': {
    objects,
    cloud: account({ expires: '2027-01-04T00:00:00Z' }),
    outcome: 'clear',
    finds: [
      `supportEnds: ACK supports Kubernetes ${VERSION} until 2027-01-04, 40 more days. Plan the upgrade before.`,
    ],
    evidence: [`DescribeKubernetesVersionMetadata, ${VERSION}.expiration_date: 2027-01-04T00:00:00Z`],
  },
  'advises where the support has ended': {
    objects,
    cloud: account({ expires: '2026-05-31T00:00:00Z' }),
    outcome: 'clear',
    finds: [
      `supportEnded: ACK has supported Kubernetes ${VERSION} until 2026-05-31, and supports it no longer. Upgrade the cluster.`,
    ],
  },
  'cannot tell of an add-on whose version is not told': {
    objects,
    cloud: account({ installed: terway(undefined) }),
    outcome: 'unknown',
    says: 'Whether ACK offers a newer terway-eniip is not told: installed absent, offered v1.15.3',
  },
  'cannot tell of an add-on that ACK does not offer any more': {
    objects,
    cloud: account({ offered: [] }),
    outcome: 'unknown',
    says: 'installed v1.15.3, offered absent',
  },
  'cannot tell of a version that is none': {
    objects,
    cloud: account({ installed: terway('latest') }),
    outcome: 'unknown',
    says: 'installed latest',
  },
  'cannot tell where no add-on of the network is listed': {
    objects,
    cloud: account({ installed: [] }),
    outcome: 'unknown',
    says: 'names no add-on of the network',
  },
  'cannot tell how long it is supported where the date is missing': {
    objects,
    cloud: account({ expires: null }),
    outcome: 'unknown',
    says: `How long ACK supports Kubernetes ${VERSION} is not told: expiration_date absent`,
  },
  'cannot tell by what is no date': {
    objects,
    cloud: account({ expires: 'soon' }),
    outcome: 'unknown',
    says: 'expiration_date soon',
  },
  'cannot tell where the account does not say the version of the cluster': {
    objects,
    cloud: account({ detail: { vpc_id: 'vpc-own', cluster_type: 'ManagedKubernetes' } }),
    outcome: 'unknown',
    says: 'current_version absent',
  },
  ...Object.fromEntries(
    (['cs:ListClusterAddonInstances', 'cs:ListAddons', 'cs:DescribeKubernetesVersionMetadata'] as const).map(
      (action) => [
        `says that ${action} is missing`,
        {
          objects,
          cloud: account({ refused: { [action]: 'cloud.forbidden' } }),
          outcome: 'unknown' as const,
          says: `may not call ${action}`,
        },
      ],
    ),
  ),
});

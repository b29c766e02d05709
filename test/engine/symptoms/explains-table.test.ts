import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import type { Finding, SymptomKind } from '../../../src/checks/judging/define-check.js';
import { relate } from '../../../src/engine/symptoms/relating/relate.js';
import type { Symptom } from '../../../src/engine/symptoms/symptom.js';
import { judgeScenario } from '../../support/judge-scenario.js';
import { patience } from '../../support/patience.js';
import { judged, scenarioCluster } from '../../support/scenario-bases.js';

/** What each cause brings about, and a cluster that shows it. */
const rows: Readonly<Record<string, readonly [scenario: string, ...kinds: readonly SymptomKind[]]>> = {
  'terway-eni-mode.changed': [
    'dual-stack-ipv6',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'vswitch-addresses-exhausted.countedEmpty': ['cloud-counted-empty', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.vSwitchGone': ['cloud-vswitches-misnamed', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.otherVpc': ['cloud-vswitches-misnamed', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.otherZone': ['cloud-vswitches-misnamed', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.exhausted': ['terway-exhausted', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.exhaustedBesideOthers': ['cloud-old-enis', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.dedicatedExhausted': ['terway-allow-list-exhausted', 'pod-waiting', 'warning'],
  'vswitch-addresses-exhausted.unlistedExhausted': ['terway-old-enis', 'pod-waiting', 'warning'],
  'eni-quota-exhausted.oldInterfaces': ['dual-stack-ipv6', 'pod-waiting', 'warning'],
  'eni-quota-exhausted.limit': ['terway-eni-limit', 'pod-waiting', 'warning'],
  'eni-quota-exhausted.securityGroupFull': ['terway-cloud-refuses', 'pod-waiting', 'warning'],
  'eni-quota-exhausted.denied': ['terway-cloud-refuses', 'pod-waiting', 'warning'],
  'eni-quota-exhausted.metadataSilent': ['terway-metadata-silent', 'pod-waiting', 'warning'],
  'pod-ip-outside-vswitch.zoneFails': ['terway-lingjun-zone', 'pod-waiting', 'warning'],
  'terway-pods-not-ready.notReady': [
    'dual-stack-bad-stack',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'terway-pods-not-ready.initFailed': [
    'dual-stack-ipv6',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'terway-pods-not-ready.missing': [
    'terway-pods-missing',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'terway-pods-not-ready.configUnreadable': ['terway-unparsable-config', 'component-down'],
  'terway-pod-capacity.full': ['terway-exhausted', 'pod-waiting', 'warning'],
  'terway-pod-capacity.notPlaced': ['terway-exhausted', 'pod-waiting', 'warning'],
  'mac-not-found.lasting': ['terway-exhausted', 'pod-waiting', 'warning'],
  'flannel-cni-version.missing': ['flannel-broken', 'node-not-ready', 'pod-waiting', 'warning'],
  'flannel-cni-version.waiting': ['flannel-config-not-restarted', 'node-not-ready', 'pod-waiting', 'warning'],
  'flannel-cni-version.withoutFlannel': [
    'flannel-killed-for-memory',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'flannel-cni-version.notTakenUp': ['flannel-list-under-conf', 'node-not-ready', 'pod-waiting', 'warning'],
  'flannel-cni-version.unreadable': ['flannel-config-not-json', 'node-not-ready', 'pod-waiting', 'warning'],
  'flannel-address-leak.leaked': ['flannel-broken', 'pod-waiting', 'warning'],
  'flannel-pod-cidr-exhausted.full': ['flannel-broken', 'pod-waiting', 'warning'],
  'flannel-pod-cidr-exhausted.noRange': ['flannel-ranges-spent', 'pod-waiting', 'warning', 'component-down'],
  'flannel-version.cannotStart': [
    'flannel-lease-refused',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'flannel-version.notReady': [
    'flannel-killed-for-memory',
    'component-down',
    'node-not-ready',
    'pod-waiting',
    'warning',
  ],
  'node-network-unavailable.tableFull': ['cloud-route-table-full', 'node-without-route', 'warning'],
  'node-network-unavailable.unavailable': ['flannel-broken', 'node-without-route', 'warning'],
  'node-network-unavailable.leftTaint': ['flannel-route-sync-fails', 'node-without-route', 'warning'],
  'node-network-unavailable.routeErrors': ['dedicated-kube-proxy', 'node-without-route', 'warning'],
  'kube-proxy-config.unreadable': ['kube-proxy-tabs-in-config', 'component-down'],
  'kube-proxy-config.wrongValue': ['dedicated-kube-proxy', 'component-down'],
  'kube-proxy-config.gateRefused': ['dedicated-kube-proxy', 'component-down'],
  'kube-proxy-mode.exits': ['dedicated-kube-proxy', 'component-down'],
  'kube-proxy-mode.notReady': ['kube-proxy-not-ready', 'component-down'],
  'kube-proxy-mode.absent': ['kube-proxy-absent', 'component-down'],
  'kube-proxy-mode.fellBack': ['dedicated-kube-proxy', 'component-failing'],
  'kube-proxy-mode.refused': ['kube-proxy-without-lc-module', 'component-down', 'component-failing'],
  'dual-stack-nodes.badStack': ['dual-stack-bad-stack', 'component-down'],
  'dual-stack-nodes.unsuited': ['dual-stack-ipv6', 'warning'],
  'pods-stuck-creating.vSwitchEmpty': ['dual-stack-ipv6', 'pod-waiting', 'warning'],
  'pods-stuck-creating.vSwitchRoomAgain': ['cloud-room-again', 'pod-waiting', 'warning'],
  'pods-stuck-creating.eniQuota': ['terway-eni-limit', 'pod-waiting', 'warning'],
  'pods-stuck-creating.zoneWithout': ['terway-lingjun-zone', 'pod-waiting', 'warning'],
  'pods-stuck-creating.cloudRefused': ['terway-cloud-refuses', 'pod-waiting', 'warning'],
  'pods-stuck-creating.cloudSilent': ['terway-metadata-silent', 'pod-waiting', 'warning'],
  'pods-stuck-creating.macNotFound': ['terway-exhausted', 'pod-waiting', 'warning'],
  'pods-stuck-creating.nodeFull': ['terway-exhausted', 'pod-waiting', 'warning'],
  'pods-stuck-creating.noAddress': ['cloud-counted-empty', 'pod-waiting', 'warning'],
  'pods-stuck-creating.flannelLeak': ['flannel-broken', 'pod-waiting', 'warning'],
  'pods-stuck-creating.flannelFull': ['flannel-broken', 'pod-waiting', 'warning'],
  'pods-stuck-creating.flannelNoAddress': ['flannel-node-joined-again', 'pod-waiting', 'warning'],
  'pods-stuck-creating.flannelNotReady': ['flannel-broken', 'pod-waiting', 'warning'],
  'pods-stuck-creating.terwayNotReady': ['terway-unparsable-config', 'pod-waiting', 'warning'],
  'pods-stuck-creating.waitsForRoute': ['flannel-ranges-spent', 'pod-waiting', 'warning'],
  'pods-stuck-creating.noEniLeft': ['terway-exhausted', 'pod-waiting', 'warning'],
  'pods-stuck-creating.waitsForNode': ['flannel-pods-not-placed', 'pod-waiting', 'warning'],
  'pods-stuck-creating.hostPortTaken': ['flannel-pods-not-placed', 'pod-waiting', 'warning'],
  'pods-stuck-creating.other': ['terway-waits-for-other-things', 'pod-waiting', 'warning'],
  'pods-stuck-creating.pluginFails': ['flannel-chain-fails', 'pod-waiting', 'warning'],
};

const runs = new Map<string, Promise<readonly Finding[]>>();

/** Once for all rows of a cluster; with its account where the scenario is about that. */
function findingsIn(scenario: string): Promise<readonly Finding[]> {
  const found = runs.get(scenario) ?? judge(scenario);
  runs.set(scenario, found);
  return found;
}

async function judge(scenario: string): Promise<readonly Finding[]> {
  const run = scenario.startsWith('cloud-')
    ? await judgeScenario(scenario)
    : await judged(await scenarioCluster(scenario), { checks });
  return run.checks.flatMap(({ findings }) => findings as readonly Finding[]);
}

/** Of the kind, on what the finding names, in words that it does not quote. */
function symptomsOf(kind: SymptomKind, { explains, evidence }: Finding): readonly Symptom[] {
  const { nodes = [], pods = [], workloads = [] } = explains ?? {};
  const [node = 'any-node'] = nodes;
  const words = 'network plugin is not ready: in words that nothing quotes';
  const base = { kind, words, evidence: [{ where: 'elsewhere', value: words }] };
  const about = (kindOf: string, name: string) => ({ kind: kindOf, namespace: 'kube-system', name });
  const said = evidence.map(({ value }) => ({ ...base, evidence: [{ where: 'elsewhere', value }] }));
  return [
    ...nodes.map((name) => ({ ...base, about: { kind: 'Node', name }, node: name })),
    ...nodes.map((name) => ({ ...base, about: about('Pod', 'waits-there'), node: name })),
    ...pods.map((full) => {
      const [namespace = '', name = ''] = full.split('/');
      return { ...base, about: { kind: 'Pod', namespace, name }, node: undefined };
    }),
    ...workloads.flatMap((workload) =>
      [base, ...said].map((one) => ({ ...one, about: about('Pod', 'one-of-it'), node, workload })),
    ),
  ];
}

const cases = Object.entries(rows).flatMap(([id, [scenario, ...kinds]]) =>
  kinds.map((kind) => ({ id, scenario, kind })),
);

describe('a finding accounts for what it brings about, quoted or not', () => {
  it.each(cases)(
    '$id: $kind',
    async ({ id, scenario, kind }) => {
      const shown = (await findingsIn(scenario)).filter((one) => one.id === id);
      const claimed = shown.filter((finding) =>
        relate(symptomsOf(kind, finding), [{ area: 'any', finding }]).some(({ by }) => by === finding),
      );
      expect({ shown: shown.length > 0, claims: claimed.length > 0 }).toEqual({ shown: true, claims: true });
    },
    patience(30_000),
  );

  it('and for nothing else, in a row for each that says so', () => {
    const said = checks.flatMap(({ id, messages }) =>
      Object.entries(messages).flatMap(([key, { explains }]) =>
        explains === undefined ? [] : [[`${id}.${key}`, [...explains].sort()] as const],
      ),
    );
    const listed = Object.entries(rows).map(([id, [, ...kinds]]) => [id, [...kinds].sort()] as const);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(said));
  });
});

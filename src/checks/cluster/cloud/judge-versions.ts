import type { InstalledAddOn, OfferedAddOn } from '../../../cloud/views/add-on.js';
import { compareVersions, parseVersion } from '../../../cluster/identity/versions.js';
import type { Judgement, MessageTemplate } from '../../judging/define-check.js';
import type { SeenVersions } from './see-versions.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 90;

/** What only the cloud can bring about versions; advice alone, for an old version is no fault. */
export const versionMessages = {
  behind: {
    severity: 'advice',
    text: 'Add-on {name} is installed in version {installed}, and ACK offers {offered} for this cluster. Its release notes say what an upgrade restarts.',
    intent: null,
  },
  supportEnds: {
    severity: 'advice',
    text: 'ACK supports Kubernetes {version} until {date}, {days} more {days:day|days}. Plan the upgrade before.',
    intent: null,
  },
  supportEnded: {
    severity: 'advice',
    text: 'ACK has supported Kubernetes {version} until {date}, and supports it no longer. Upgrade the cluster.',
    intent: null,
  },
} as const satisfies Record<string, MessageTemplate>;

export const versionDecides = ['behind', 'supportEnds', 'supportEnded'] as const;

type Report = Judgement<typeof versionMessages>;

export function judgeVersions(
  seen: SeenVersions,
  { report, now }: { readonly report: Report; readonly now: Date },
): void {
  for (const addOn of seen.installed) judgeAddOn(addOn, seen.offered.get(addOn.name), report);
  if (seen.installed.length === 0)
    report.unknown('check.no-evidence', 'ListClusterAddonInstances names no add-on of the network', [
      'behind',
    ]);
  judgeSupport(seen, { report, now });
}

function judgeAddOn(addOn: InstalledAddOn, newest: OfferedAddOn | undefined, report: Report): void {
  const { name, version, state } = addOn;
  const offered = newest?.version;
  report.fact({
    label: `Add-on ${name}`,
    value: `${version ?? 'version not told'} (${state ?? 'state not told'}); ACK offers ${offered ?? 'no version that is told'}`,
    where: 'ListClusterAddonInstances, ListAddons',
  });
  const [is, may] = [parseVersion(version ?? ''), parseVersion(offered ?? '')];
  if (is === undefined || may === undefined || version === undefined || offered === undefined)
    report.unknown(
      'check.no-evidence',
      `Whether ACK offers a newer ${name} is not told: installed ${version ?? 'absent'}, offered ${offered ?? 'absent'}`,
      ['behind'],
    );
  else if (compareVersions(is, may) < 0)
    report.found('behind', about, {
      data: { name, installed: version, offered },
      evidence: [
        { where: `ListClusterAddonInstances, ${name}.version`, value: version },
        { where: `ListAddons, ${name}.version`, value: offered },
      ],
    });
}

const about = { kind: 'Cluster', name: 'versions' } as const;

function judgeSupport(
  { kubernetes, supported }: SeenVersions,
  { report, now }: { readonly report: Report; readonly now: Date },
): void {
  if (kubernetes !== undefined && supported === 'unlisted') {
    report.fact({
      label: `ACK supports Kubernetes ${kubernetes} until`,
      value: 'not told: ACK names no such version',
      where: 'DescribeKubernetesVersionMetadata',
    });
    return;
  }
  const expires = supported === 'unlisted' ? undefined : supported?.expires;
  const end = Date.parse(expires ?? '');
  if (kubernetes === undefined || expires === undefined || Number.isNaN(end)) {
    report.unknown(
      'check.no-evidence',
      `How long ACK supports Kubernetes ${kubernetes ?? '(current_version absent)'} is not told: expiration_date ${expires ?? 'absent'}`,
      ['supportEnds', 'supportEnded'],
    );
    return;
  }
  const where = `DescribeKubernetesVersionMetadata, ${kubernetes}.expiration_date`;
  const date = new Date(end).toISOString().slice(0, 10);
  report.fact({ label: `ACK supports Kubernetes ${kubernetes} until`, value: date, where });
  const evidence = [{ where, value: expires }];
  const days = Math.floor((end - now.getTime()) / DAY_MS);
  if (end <= now.getTime())
    report.found('supportEnded', about, { data: { version: kubernetes, date }, evidence });
  else if (days < SOON_DAYS)
    report.found('supportEnds', about, { data: { version: kubernetes, date, days }, evidence });
}

import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { formatVersion, type Version } from '../../cluster/identity/versions.js';
import type { Evidence, Judgement } from '../judging/define-check.js';
import { exitLine } from './document/exit-line.js';
import { faultText, type KubeProxyFault } from './document/kube-proxy-fault.js';
import { aboutConfigMap, configWhere, type KubeProxy, kubeProxyVersion } from './kube-proxies.js';
import type { kubeProxyConfigMessages } from './kube-proxy-config-messages.js';
import { runningOnPresent } from './stale-pods.js';
import { readMinor } from './validation/release-span.js';

const SHOWN = 8;
const LONGEST_PATH = 80;

type Messages = typeof kubeProxyConfigMessages;
type Kinds = readonly KubeProxyFault['kind'][];

/** Which kinds of fault make which finding, those that keep kube-proxy from starting first. */
const REPORTED = [
  ['unreadable', ['unreadable']],
  ['wrongValue', ['value']],
  ['gateRefused', ['gate']],
  ['misplaced', ['misplaced']],
  ['ignored', ['unknown', 'early', 'duplicate']],
  ['leftOver', ['removed']],
  ['notJudged', ['unfamiliar']],
] as const satisfies readonly (readonly [keyof Messages, Kinds])[];

interface Read {
  readonly faults: readonly KubeProxyFault[];
  readonly identity: ClusterIdentity;
}

/** One finding for each kind of fault of a kube-proxy's config. */
export function reportFaults(
  report: Pick<Judgement<Messages>, 'found' | 'unknown'>,
  proxy: KubeProxy,
  { faults: all, identity }: Read,
): void {
  const version = kubeProxyVersion(proxy, identity);
  for (const [message, kinds] of REPORTED) {
    const faults = all.filter(({ kind }) => (kinds as Kinds).includes(kind));
    if (faults.length === 0) continue;
    if (message === 'notJudged' && runningOnPresent(proxy).length === 0)
      report.unknown('check.no-evidence', untried(proxy.name, faults), ['wrongValue', 'gateRefused']);
    const stops = message === 'wrongValue' || message === 'gateRefused';
    report.found(message, aboutConfigMap(proxy.name), {
      data: {
        configMap: proxy.name,
        faults: sentence(faults),
        version: version === undefined ? 'of an unknown release' : formatVersion(version),
        exit: stops ? exitText(all, faults) : '',
        log: lenientLog(version),
      },
      evidence: [
        ...faults.slice(0, SHOWN).map((fault) => faultEvidence(proxy.name, fault)),
        ...(stops ? contrary(proxy) : []),
      ],
    });
  }
}

/** A pod that runs with it has taken it; without one nothing tells. */
const untried = (name: string, faults: readonly KubeProxyFault[]): string =>
  `Whether ${name} starts with ${faults
    .slice(0, SHOWN)
    .map(({ path }) => path.slice(0, LONGEST_PATH))
    .join(
      ', ',
    )} is not known: acknet has no source for its release, and no pod that started since the last change runs.`;

function sentence(faults: readonly KubeProxyFault[]): string {
  const shown = faults.slice(0, SHOWN).map(faultText);
  return [...shown, ...(faults.length > SHOWN ? [`and ${faults.length - SHOWN} more`] : [])].join('; ');
}

/** kube-proxy's own last words, where they are about these faults and not hidden by others. */
function exitText(all: readonly KubeProxyFault[], faults: readonly KubeProxyFault[]): string {
  const line = exitLine(all);
  return line === undefined || line !== exitLine(faults) ? '' : ` It exits with “${line}”.`;
}

/** Source: kubernetes cmd/kube-proxy/app/server.go, loadConfig; options.go from 1.31 on. */
function lenientLog(version: Version | undefined): string {
  const minor = readMinor(version);
  if (minor === undefined) return 'as far as acknet knows its releases';
  if (minor < 17) return 'without a word in its log';
  return 'and only logs “using lenient decoding as strict decoding failed”';
}

const faultEvidence = (name: string, { line, source, path }: KubeProxyFault): Evidence => ({
  where: configWhere(name, line),
  value: source || `${path || 'document'}: absent`,
});

/** What speaks against it is told as well: the rules are upstream's, and the image may be another's. */
function contrary(proxy: KubeProxy): readonly Evidence[] {
  const running = runningOnPresent(proxy);
  return running.length === 0
    ? []
    : [
        {
          where: `Pods of DaemonSet kube-system/${proxy.name}`,
          value: `${running.length} run though they started after the last change the ConfigMap shows; judged by upstream’s rules`,
        },
      ];
}

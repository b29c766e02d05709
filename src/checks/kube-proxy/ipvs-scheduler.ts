import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import { type NodeView, nodes } from '../../cluster/views/node.js';
import { datesEveryWrite } from '../../cluster/write-times.js';
import { defineCheck, type Evidence } from '../judging/define-check.js';
import { listed } from '../listed.js';
import { isNetworkedNode } from '../node-kinds.js';
import { bypassOf, gatherTerwayConfig, hostTrafficOnly, terwayConfigReads } from '../terway/terway-config.js';
import { brokenValue } from './document/kube-proxy-settings.js';
import {
  aboutConfigMap,
  configWhere,
  gatherKubeProxies,
  kubeProxyNames,
  kubeProxyReads,
  kubeProxyVersion,
  type ReadableProxy,
  readableProxies,
} from './kube-proxies.js';
import {
  fallsBack,
  gatherProxyStarts,
  logEvidence,
  type ProxyStart,
  type ProxyStarts,
  sampledText,
} from './logs/kube-proxy-logs.js';
import { runningOnPresent } from './stale-pods.js';

const SHOWN = 8;
/** Schedulers of the Linux kernel's IPVS. */
const KERNEL_SCHEDULERS = /^(rr|wrr|lc|wlc|lblc|lblcr|dh|sh|sed|nq|fo|ovf|mh|twos)$/;
/** Modules that IPVS mode needs anyway. Source: kube-proxy's list of required kernel modules. */
const ALWAYS_THERE = /^(rr|wrr|sh)$/;
/** Nodes created before may lack the other modules. Source: FAQ. */
const ALL_MODULES_SINCE = Date.parse('2022-10-01T00:00:00Z');

/** Source: FAQ "How do I change the IPVS load balancing mode in kube-proxy?"; cluster-signals 5.2, 5.4. */
export const ipvsScheduler = defineCheck({
  id: 'ipvs-scheduler',
  title: 'No node turns down the IPVS algorithm that is set',
  area: 'kube-proxy',
  intents: ['ipvs-scheduler'],
  judges: [...kubeProxyNames],
  reads: [
    ...kubeProxyReads,
    ...terwayConfigReads,
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' },
  ],
  messages: {
    moduleMissing: {
      severity: 'problem',
      text: 'The kernel module of the IPVS algorithm {scheduler} is missing on {count} of {sampled} sampled {sampled:node|nodes} ({nodes}). Load ip_vs_{scheduler} there{back}.',
    },
    unknownName: {
      severity: 'problem',
      atStart: true,
      text: 'ConfigMap {configMap} sets ipvs.scheduler to {scheduler}, an algorithm that {unknownTo} does not know; kube-proxy does not start with it.',
    },
    mayLackModule: {
      severity: 'advice',
      text: '{count} {count:node was|nodes were} created before October 2022 and may lack the kernel module ip_vs_{scheduler}. Kubernetes does not show modules: run lsmod | grep ip_vs_{scheduler} there.',
    },
    bypassed: {
      severity: 'advice',
      text: 'The IPVS algorithm {scheduler} does not reach pod traffic here: with {datapath} pods resolve Services in eBPF, past IPVS.',
      intent: 'terway-ipvs-bypass',
    },
    default: {
      severity: 'advice',
      text: 'ConfigMap {configMap} names no IPVS algorithm, so connections are spread round robin (rr). With long-lived connections another one, such as lc, can be more even.',
    },
  },

  async gather(reader) {
    const [proxies, list, terway] = await Promise.all([
      gatherKubeProxies(reader),
      reader.list(nodes),
      gatherTerwayConfig(reader),
    ]);
    const starts = await Promise.all(proxies.map((proxy) => gatherProxyStarts(reader, proxy)));
    return {
      proxies,
      starts: new Map(proxies.map(({ name }, index) => [name, starts[index]])),
      nodes: list.filter(isNetworkedNode),
      acceleration: terway.acceleration,
    };
  },

  judge({ proxies, starts, nodes: list, acceleration }, report, { identity }) {
    const readable = readableProxies(proxies, report, { identity, needs: ['mode'] });
    const ipvs = readable.filter(({ settings }) => settings.mode === 'ipvs');
    if (readable.length > 0 && ipvs.length === 0)
      return report.notApplicable(`kube-proxy is set to ${readable[0]?.settings.mode} mode, not ipvs.`);

    for (const proxy of ipvs) {
      const { name, settings } = proxy;
      const about = aboutConfigMap(name);
      const scheduler = settings.scheduler ?? 'rr';
      const shown = { where: configWhere(name), value: `ipvs.scheduler: ${settings.scheduler ?? 'absent'}` };
      const broken = brokenValue(proxy.config, 'ipvs.scheduler');
      if (broken !== undefined && settings.scheduler === undefined) {
        report.unknown('cluster.malformed', `ipvs.scheduler in ConfigMap ${name} ${broken.detail}.`);
        continue;
      }
      report.fact({ label: `${name}: IPVS algorithm`, value: scheduler, where: shown.where });
      const known = KERNEL_SCHEDULERS.test(scheduler);
      if (!known || broken !== undefined) {
        report.found('unknownName', about, {
          data: {
            configMap: name,
            scheduler: scheduler.slice(0, 60),
            unknownTo: known ? 'kube-proxy before 1.27' : 'the Linux kernel',
          },
          evidence: [shown],
        });
        continue;
      }
      const read = starts.get(name) ?? { starts: [], of: 0 };
      const missing = read.starts.filter(({ mode, refusal }) => mode !== 'ipvs' && names(refusal, scheduler));
      if (missing.length > 0)
        report.found('moduleMissing', about, {
          data: {
            scheduler,
            count: missing.length,
            sampled: read.starts.length,
            nodes: listed(missing.map(({ node }) => node)),
            back: settings.scheduler === undefined ? '' : `, or put ConfigMap ${name} back`,
          },
          evidence: [
            shown,
            ...missing.flatMap(({ pod, refusal }) => (refusal ? [logEvidence(pod, refusal)] : [])),
          ],
        });
      const unable = read.starts.filter(({ mode, refusal }) => mode !== 'ipvs' && refusal !== undefined);
      if (missing.length === 0 && unable.length > 0) {
        report.unknown('check.no-evidence', otherReason(scheduler, unable));
        continue;
      }
      const bypass = bypassOf(acceleration);
      if (bypass !== undefined && settings.scheduler === undefined)
        report.fact({ label: `${name}: reaches`, value: hostTrafficOnly(bypass) });
      else if (bypass !== undefined)
        report.found('bypassed', about, { data: { scheduler, datapath: bypass }, evidence: [shown] });
      else if (settings.scheduler === undefined && missing.length === 0)
        report.found('default', about, { data: { configMap: name }, evidence: [shown] });
      if (ALWAYS_THERE.test(scheduler)) continue;

      const running = runningInIpvs(proxy, read, identity);
      const old = olderNodes(list, proxy).filter(({ name: node }) => !running.has(node));
      if (old.length > 0)
        report.found('mayLackModule', about, {
          data: { count: old.length, scheduler },
          evidence: old.slice(0, SHOWN).map(createdEvidence),
        });
      const proven = read.unread === undefined && running.size > 0;
      if (missing.length === 0 && !proven && !read.starts.some(({ mode }) => mode === 'ipvs'))
        report.unknown('check.no-evidence', silence(scheduler, read));
    }
  },
});

/** Whether a line of kube-proxy says that this algorithm cannot be had: by module up to 1.26, by name from 1.27 on. */
const names = (refusal: string | undefined, scheduler: string): boolean =>
  refusal !== undefined &&
  (refusal.includes(`ip_vs_${scheduler}]`) ||
    refusal.includes(`ip_vs_${scheduler} `) ||
    refusal.includes(`scheduler="${scheduler}"`));

/** What a log gives as the reason is something else than this algorithm. */
const otherReason = (scheduler: string, unable: readonly ProxyStart[]): string =>
  `Whether ${scheduler} can be used is not known: kube-proxy cannot use IPVS at all on ${listed(unable.map(({ node }) => node))} (see kube-proxy-mode).`;

/** Nodes on which kube-proxy says it uses IPVS, or runs from 1.26 on, where it would exit otherwise. */
function runningInIpvs(
  proxy: ReadableProxy,
  { starts }: ProxyStarts,
  identity: ClusterIdentity,
): ReadonlySet<string> {
  const said = starts.filter(({ mode }) => mode === 'ipvs').map(({ node }) => node);
  const version = kubeProxyVersion(proxy, identity);
  const exits = version !== undefined && !fallsBack(version) && datesEveryWrite(identity.kubernetes);
  return new Set([...said, ...(exits ? runningOnPresent(proxy).map(({ node }) => node ?? '') : [])]);
}

const silence = (scheduler: string, read: ProxyStarts): string =>
  read.unread === undefined
    ? `No log says whether ${scheduler} is in use (${sampledText(read)}).`
    : `Whether ${scheduler} is in use could not be read: ${read.unread}`;

function olderNodes(list: readonly NodeView[], { pods }: ReadableProxy): readonly NodeView[] {
  const served = new Set(pods.map(({ node }) => node));
  return list.filter(
    ({ name, createdAt }) => served.has(name) && Date.parse(createdAt ?? '') < ALL_MODULES_SINCE,
  );
}

const createdEvidence = ({ name, createdAt }: NodeView): Evidence => ({
  where: `Node ${name}, metadata.creationTimestamp`,
  value: createdAt ?? '',
});

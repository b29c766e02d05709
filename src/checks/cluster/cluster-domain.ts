import { unlessAbsent } from '../../cluster/absent.js';
import { configMaps } from '../../cluster/views/config-map.js';
import { defineCheck } from '../judging/define-check.js';

const coredns = { kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' } as const;

/** From the Corefile only: the kubelet's own setting needs `nodes/proxy`, which acknet does not ask for. */
export const clusterDomain = defineCheck({
  id: 'cluster-domain',
  title: 'The cluster domain is its own zone',
  area: 'cluster',
  intents: ['cluster-domain'],
  reads: [
    { group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: ['coredns'] },
  ],
  messages: {
    forwarded: {
      severity: 'problem',
      text: 'CoreDNS forwards the zone {zone}, which overlaps the cluster domain {domain}: names in it resolve to one side or the other.',
    },
    none: {
      severity: 'problem',
      text: 'The Corefile has no kubernetes plugin, so CoreDNS answers no Service names.',
    },
  },

  gather: (reader) => unlessAbsent(reader.get(configMaps, coredns)),

  judge(configMap, report) {
    const corefile = configMap?.data.Corefile;
    if (corefile === undefined)
      return report.unknown(
        'cluster.not-found',
        'ConfigMap kube-system/coredns has no key Corefile to read (managed CoreDNS keeps it elsewhere).',
      );

    const lines = corefile.split('\n').map((line) => line.replace(/#.*/, '').trim());
    const domains = clusterDomainsOf(lines);
    const where = 'ConfigMap kube-system/coredns, data["Corefile"]';
    if (domains.length === 0 && lines.some((line) => /^(?:import|kubernetes)\b/.test(line)))
      return report.unknown(
        'check.no-evidence',
        'The Corefile names no zone beside its kubernetes plugin, or imports it from another file: the cluster domain is not readable',
      );
    if (domains.length === 0)
      return report.found('none', coredns, {
        data: {},
        evidence: [{ where, value: corefile.slice(0, 500) }],
      });

    report.fact({ label: 'Cluster domain', value: domains.join(', '), where });
    for (const zone of forwardedZones(lines))
      for (const domain of domains.filter((candidate) => overlaps(zone, candidate)))
        report.found('forwarded', coredns, {
          data: { zone, domain },
          evidence: lines.filter((line) => line.includes(zone)).map((value) => ({ where, value })),
        });
  },
});

/** Every zone of every kubernetes plugin; those of the reverse lookup are shared out among servers by design. */
function clusterDomainsOf(lines: readonly string[]): readonly string[] {
  const zones = lines
    .filter((line) => /^kubernetes\s+[^\s{]/.test(line))
    .flatMap((line) => line.replace(/\{.*/, '').trim().split(/\s+/).slice(1))
    .map(zoneName);
  return [...new Set(zones)].filter((zone) => zone !== '' && !zone.endsWith('.arpa'));
}

/** Zones of server blocks without a kubernetes plugin, and the `from` of each forward, except the root. */
function forwardedZones(lines: readonly string[]): readonly string[] {
  const blocks = serverBlocks(lines);
  const outer = blocks
    .filter(
      ({ body }) =>
        !body.some((line) => /^kubernetes\s/.test(line)) &&
        body.some((line) => /^(forward|proxy)\s/.test(line)),
    )
    .flatMap(({ zones }) => zones);
  const inner = lines.flatMap((line) => /^(?:forward|proxy)\s+(\S+)/.exec(line)?.[1] ?? []);
  return [...new Set([...outer, ...inner].map(zoneName))].filter((zone) => zone !== '');
}

interface ServerBlock {
  readonly zones: readonly string[];
  readonly body: readonly string[];
}

function serverBlocks(lines: readonly string[]): readonly ServerBlock[] {
  const blocks: { zones: string[]; body: string[] }[] = [];
  let depth = 0;
  for (const line of lines) {
    if (depth === 0 && line.endsWith('{'))
      blocks.push({
        zones: line
          .slice(0, -1)
          .trim()
          .split(/[\s,]+/),
        body: [],
      });
    else blocks.at(-1)?.body.push(line);
    depth += (line.match(/\{/g)?.length ?? 0) - (line.match(/\}/g)?.length ?? 0);
  }
  return blocks;
}

/** `corp.example.:53` as `corp.example`; the root as ''. */
const zoneName = (zone: string): string =>
  zone
    .replace(/^[a-z]+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();

const overlaps = (a: string, b: string): boolean => a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);

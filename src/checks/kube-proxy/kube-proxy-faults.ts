import type { z } from 'zod';
import { isObject, text } from '../../cluster/fields.js';
import { isAtLeast, type Version } from '../../cluster/versions.js';
import { isIPv6, parseCidr } from '../cidr.js';
import { gateFault } from './feature-gates.js';
import { type KubeProxyFault, lineAt, lineOf, type ParsedDocument } from './kube-proxy-document.js';
import { isKnownTo, kubeProxySchema, sectionSince, sections, topFields } from './kube-proxy-fields.js';

/** Names that kube-proxy before 1.27 checks itself; later ones leave it to the kernel. Source: kubernetes pull request 114878. */
export const VALIDATED_SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq'];

type Finder = (path: readonly PropertyKey[], kind: KubeProxyFault['kind'], detail: string) => KubeProxyFault;

/** Everything about the document that kube-proxy of `version` would refuse or ignore; in the order of its lines. */
export function documentFaults(
  parsed: ParsedDocument,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  const at: Finder = (path, kind, detail) => {
    const line = lineOf(parsed, path);
    return {
      kind,
      path: path.join('.'),
      detail,
      line,
      source: line === undefined ? '' : lineAt(parsed.source, line),
    };
  };
  const wrongKind = identityFaults(parsed, at);
  if (wrongKind.length > 0) return wrongKind;
  const issues = kubeProxySchema(version).safeParse(parsed.root).error?.issues ?? [];
  return [
    ...duplicates(parsed),
    ...issues.flatMap((issue) => faultsOf(issue, at, version)),
    ...gateFaults(parsed, at, version),
    ...valueFaults(parsed, at, version),
  ].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function identityFaults({ root }: ParsedDocument, at: Finder): readonly KubeProxyFault[] {
  const expected = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
  } as const;
  return (['apiVersion', 'kind'] as const)
    .filter((key) => root[key] !== expected[key])
    .map((key) => at([key], 'unreadable', `must be ${expected[key]}`));
}

const duplicates = ({ document, lines, source }: ParsedDocument): readonly KubeProxyFault[] =>
  document.errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos }) => {
      const { line } = lines.linePos(pos[0]);
      const path = /^[^:]*/.exec(lineAt(source, line))?.[0] ?? '';
      return {
        kind: 'duplicate',
        path,
        detail: 'stands there twice; only the last one counts',
        line,
        source: lineAt(source, line),
      };
    });

function faultsOf(
  issue: z.core.$ZodIssue,
  at: Finder,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownField([...issue.path, key], at, version));
  return [at(issue.path, 'value', issue.message)];
}

/** Why kube-proxy passes over a field: it stands in the wrong place, is of another release, or does not exist. */
function unknownField(
  path: readonly PropertyKey[],
  at: Finder,
  version: Version | undefined,
): KubeProxyFault {
  const name = String(path.at(-1));
  const section = path.length > 1 ? String(path[0]) : undefined;
  const table = section === undefined ? topFields : (sections[section] ?? {});
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  const since =
    known?.since ??
    (section === undefined && Object.hasOwn(sectionSince, name) ? sectionSince[name] : undefined);
  if (since !== undefined && !isKnownTo({ since }, version))
    return at(path, 'early', `exists from Kubernetes ${since} on`);
  if (known !== undefined) return at(path, 'removed', 'was removed');
  const home = homeOf(name, section);
  if (home !== undefined) return at(path, 'misplaced', `belongs ${home}`);
  const meant = [...Object.keys(table), ...(section === undefined ? Object.keys(sections) : [])].find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase(),
  );
  return at(path, 'unknown', meant === undefined ? 'is no field' : `is no field; ${meant} is`);
}

/** Lost indentation shows as a section's field at the top, or as a top-level field inside a section. */
function homeOf(name: string, section: string | undefined): string | undefined {
  if (section !== undefined && (Object.hasOwn(topFields, name) || Object.hasOwn(sections, name)))
    return 'at the top level, not indented';
  const homes = Object.keys(sections).filter(
    (home) => home !== section && Object.hasOwn(sections[home] ?? {}, name),
  );
  return homes.length === 0 ? undefined : `indented under ${homes.join(' or ')}`;
}

function gateFaults(
  { root }: ParsedDocument,
  at: Finder,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  if (!isObject(root.featureGates)) return [];
  return Object.keys(root.featureGates).flatMap((name) => {
    const fault = gateFault(name, version);
    if (fault === undefined) return [];
    return [at(['featureGates', name], fault.kind === 'refused' ? 'gate' : 'unfamiliar', fault.detail)];
  });
}

/** Values of the right type that kube-proxy's own validation turns down. Source: pkg/proxy/apis/config/validation. */
function valueFaults(
  { root }: ParsedDocument,
  at: Finder,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  const mode = text(root, 'mode') ?? '';
  const scheduler = text(root, 'ipvs', 'scheduler') ?? '';
  const faults: KubeProxyFault[] = [];
  const modes = modesOf(version);
  if (mode !== '' && !modes.includes(mode))
    faults.push(at(['mode'], 'value', `must be one of ${modes.join(', ')}`));
  const checked = version !== undefined && !isAtLeast(version, '1.27');
  if (checked && mode === 'ipvs' && scheduler !== '' && !VALIDATED_SCHEDULERS.includes(scheduler))
    faults.push(at(['ipvs', 'scheduler'], 'value', `must be one of ${VALIDATED_SCHEDULERS.join(', ')}`));
  if (familiesRepeat(text(root, 'clusterCIDR') ?? ''))
    faults.push(at(['clusterCIDR'], 'value', 'may hold one IPv4 and one IPv6 range, no more'));
  return faults;
}

const modesOf = (version: Version | undefined): readonly string[] => [
  'iptables',
  'ipvs',
  ...(version === undefined || isAtLeast(version, '1.29') ? ['nftables'] : []),
  ...(version === undefined || !isAtLeast(version, '1.26') ? ['userspace'] : []),
];

function familiesRepeat(clusterCIDR: string): boolean {
  const parts = clusterCIDR.split(',').filter((part) => parseCidr(part) !== undefined);
  const families = new Set(parts.map((part) => isIPv6(part.trim().split('/')[0] ?? '')));
  return parts.length > families.size;
}

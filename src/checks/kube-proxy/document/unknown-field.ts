import type { Version } from '../../../cluster/identity/versions.js';
import { type ReleaseSpan, readMinor } from '../validation/release-span.js';
import type { KubeProxyFault } from './kube-proxy-fault.js';
import { type Fields, isReadBy, sectionSpans, sections, topFields } from './kube-proxy-fields.js';

type Reason = Pick<KubeProxyFault, 'kind' | 'detail'>;

/** Why kube-proxy passes over a field: it stands in the wrong place, is of another release, or does not exist. */
export function unknownField(path: readonly PropertyKey[], version: Version | undefined): Reason {
  const name = String(path.at(-1));
  const section = path.length > 1 ? String(path[0]) : undefined;
  const table = section === undefined ? topFields : (sections[section] ?? {});
  const span = spanOf(name, section, table);
  if (span?.since !== undefined && !isReadBy({ since: span.since }, version))
    return { kind: 'early', detail: `exists from Kubernetes 1.${span.since} on` };
  if (span !== undefined) return { kind: 'removed', detail: 'was removed' };
  const home = homeOf(name, section);
  if (home !== undefined) return { kind: 'misplaced', detail: `belongs ${home}` };
  if (readMinor(version) === undefined)
    return { kind: 'unfamiliar', detail: 'is no field that acknet knows' };
  const names = [...Object.keys(table), ...(section === undefined ? Object.keys(sections) : [])];
  const meant = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return { kind: 'unknown', detail: meant === undefined ? 'is no field' : `is no field; ${meant} is` };
}

function spanOf(name: string, section: string | undefined, table: Fields): ReleaseSpan | undefined {
  if (Object.hasOwn(table, name)) return table[name];
  return section === undefined && Object.hasOwn(sectionSpans, name) ? sectionSpans[name] : undefined;
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

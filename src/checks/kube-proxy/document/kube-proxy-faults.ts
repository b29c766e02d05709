import type { z } from 'zod';
import { at } from '../../../cluster/fields.js';
import type { Json } from '../../../cluster/ports.js';
import type { Version } from '../../../cluster/identity/versions.js';
import { setGates } from '../validation/effective-config.js';
import { gateFaults } from '../validation/feature-gates.js';
import { readMinor } from '../validation/release-span.js';
import { valueFaults } from '../validation/value-faults.js';
import { durationDecodeText } from './duration-decode-text.js';
import type { ParsedDocument } from './kube-proxy-document.js';
import type { KubeProxyFault } from './kube-proxy-fault.js';
import { kubeProxySchema } from './kube-proxy-fields.js';
import { unknownField } from './unknown-field.js';

type Reason = Pick<KubeProxyFault, 'kind' | 'detail' | 'prints'>;

/** Everything about the document that kube-proxy of `version` would refuse or ignore; in the order of its lines. */
export function documentFaults(
  parsed: ParsedDocument,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  const wrongKind = identityFaults(parsed);
  if (wrongKind.length > 0) return wrongKind;
  return [
    ...repeats(parsed),
    ...schemaFaults(parsed, version),
    ...gateFaults(setGates(parsed.root), version).map(({ name, says, ...fault }) =>
      placed(parsed, ['featureGates', name], {
        ...fault,
        prints: says && `failed complete: ${says}`,
      }),
    ),
    ...valueFaults(parsed.root, version).map(({ field, ...fault }) =>
      placed(parsed, field.split('.'), fault),
    ),
  ].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function placed(parsed: ParsedDocument, path: readonly PropertyKey[], reason: Reason): KubeProxyFault {
  const line = parsed.lineOf(path);
  return {
    ...reason,
    path: path.join('.'),
    value: valueText(at(parsed.root, ...path.map(String))),
    line,
    source: line === undefined ? '' : parsed.textOf(line),
  };
}

/** A value that is wrong is named; a section or a list is found by its line. */
const valueText = (value: Json | undefined): string | undefined =>
  value === undefined || value === null || typeof value === 'object' ? undefined : JSON.stringify(value);

function identityFaults(parsed: ParsedDocument): readonly KubeProxyFault[] {
  const expected = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
  } as const;
  return (['apiVersion', 'kind'] as const)
    .filter((key) => parsed.root[key] !== expected[key])
    .map((key) => placed(parsed, [key], { kind: 'unreadable', detail: `must be ${expected[key]}` }));
}

const repeats = (parsed: ParsedDocument): readonly KubeProxyFault[] =>
  parsed.repeated.map(({ path, line }) => ({
    kind: 'duplicate',
    path,
    detail: 'stands there twice; only the last one counts',
    line,
    source: parsed.textOf(line),
  }));

function schemaFaults(parsed: ParsedDocument, version: Version | undefined): readonly KubeProxyFault[] {
  const issues = kubeProxySchema(version).safeParse(parsed.root).error?.issues ?? [];
  return issues.flatMap((issue) => issueFaults(issue, parsed, version));
}

function issueFaults(
  issue: z.core.$ZodIssue,
  parsed: ParsedDocument,
  version: Version | undefined,
): readonly KubeProxyFault[] {
  if (issue.code !== 'unrecognized_keys') return [wrongType(issue, parsed, version)];
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const { value: _ignored, ...fault } = placed(parsed, path, unknownField(path, version));
    return fault;
  });
}

function wrongType(
  { path, message }: z.core.$ZodIssue,
  parsed: ParsedDocument,
  version: Version | undefined,
): KubeProxyFault {
  const value = at(parsed.root, ...path.map(String));
  const prints = isDuration(path) ? durationDecodeText(value, readMinor(version)) : undefined;
  return placed(parsed, path, { kind: 'value', detail: message, prints });
}

const isDuration = (path: readonly PropertyKey[]): boolean => /(?:Timeout|Period)$/.test(String(path.at(-1)));

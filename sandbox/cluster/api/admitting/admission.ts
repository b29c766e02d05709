import { isObject, list, object, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { badRequest, invalid } from '../api-fault.js';
import {
  configMapKind,
  daemonSetKind,
  type Kind,
  podKind,
  secretKind,
  serviceKind,
} from '../objects/kinds.js';
import { placeOf } from '../objects/object-store.js';
import { admitService, refuseServiceChange } from './service-admission.js';
import type { WriteContext } from '../handlers/write-handlers.js';

/** Defaults and validation, for the fields that acknet touches; returns what would be stored. */
export function admit(kind: Kind, given: JsonObject, context: WriteContext): JsonObject {
  refuseBadNames(kind, given);
  if (kind === configMapKind) refuseBadData(given);
  if (kind === podKind && list(given, 'spec', 'containers').length === 0)
    throw invalid(kind, placeOf(given).name, 'spec.containers: Required value');
  if (kind === daemonSetKind && !isObject(object(given, 'spec').template))
    throw invalid(kind, placeOf(given).name, 'spec.template: Required value');
  if (kind === secretKind) return textKeptAsData(given);
  return kind === serviceKind ? admitService(given, context) : given;
}

function textKeptAsData({ stringData, ...secret }: JsonObject): JsonObject {
  if (!isObject(stringData)) return secret;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  return { ...secret, data: { ...object(secret, 'data'), ...Object.fromEntries(encoded) } };
}

function refuseBadNames(kind: Kind, given: JsonObject): void {
  const { name } = placeOf(given);
  if (name === '')
    throw invalid(kind, name, 'metadata.name: Required value: name or generateName is required');
  if (name.length > 253 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name))
    throw invalid(
      kind,
      name,
      `metadata.name: Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
    );
  for (const field of ['labels', 'annotations'])
    for (const [key, value] of Object.entries(object(given, 'metadata', field)))
      if (typeof value !== 'string') throw undecodable(kind, `ObjectMeta.metadata.${field}`, key);
}

function refuseBadData(given: JsonObject): void {
  const wrong = Object.entries(object(given, 'data')).find(([, value]) => typeof value !== 'string');
  if (wrong) throw undecodable(configMapKind, 'ConfigMap.data', wrong[0]);
  const key = Object.keys(object(given, 'data')).find((entry) => !/^[-._a-zA-Z0-9]+$/.test(entry));
  if (key !== undefined)
    throw invalid(
      configMapKind,
      placeOf(given).name,
      `data[${key}]: Invalid value: "${key}": a valid config key must consist of alphanumeric characters, '-', '_' or '.'`,
    );
}

const undecodable = (kind: Kind, field: string, key: string) =>
  badRequest(
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: json: cannot unmarshal into Go struct field ${field}.${key} of type string`,
  );

export function refuseImmutable(kind: Kind, before: JsonObject, after: JsonObject): void {
  const { name } = placeOf(before);
  const moved = (...path: string[]) =>
    JSON.stringify(object(before, ...path)) !== JSON.stringify(object(after, ...path));
  if (kind === daemonSetKind && moved('spec', 'selector'))
    throw invalid(kind, name, 'spec.selector: Invalid value: field is immutable');
  if (kind === configMapKind && before.immutable === true && (moved('data') || after.immutable !== true))
    throw invalid(kind, name, 'data: Forbidden: field is immutable when `immutable` is set');
  if (kind === podKind && object(before, 'spec').nodeName !== object(after, 'spec').nodeName)
    throw invalid(
      kind,
      name,
      'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`',
    );
  if (kind === serviceKind) refuseServiceChange(before, after);
}

/** The status that a write of it would leave: a pod's quality of service stays, and is refused where it differs. */
export function admitStatus(kind: Kind, before: JsonObject, after: JsonObject): JsonObject {
  const status = object(after, 'status');
  const was = text(before, 'status', 'qosClass');
  if (kind !== podKind || was === undefined) return status;
  const given = text(status.qosClass) ?? was;
  if (given !== was)
    throw invalid(
      kind,
      placeOf(before).name,
      `status.qosClass: Invalid value: "${given}": field is immutable`,
    );
  return { ...status, qosClass: was };
}

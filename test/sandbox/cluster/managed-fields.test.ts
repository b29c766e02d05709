import { describe, expect, it } from '@jest/globals';
import { managedFieldsAfter, seededFields } from '../../../sandbox/cluster/api/objects/managed-fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';

const map = (data: JsonObject, managedFields: readonly Json[] = []): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'kube-system', uid: 'u', resourceVersion: '1', managedFields },
  data,
});
const entry = (manager: string, fieldsV1: JsonObject, operation = 'Update'): JsonObject => ({
  manager,
  operation,
  apiVersion: 'v1',
  time: '2026-11-24T01:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1,
});
const write = (before: JsonObject | undefined, after: JsonObject, manager = 'acknet', status = false) =>
  managedFieldsAfter({ before, after, manager, apiVersion: 'v1', time: '2026-11-24T02:00:00Z', status });
const owners = (fields: readonly Json[]) =>
  fields.map((each) => {
    const { manager, operation, time, fieldsV1 } = each as JsonObject;
    return [manager, operation, time, fieldsV1];
  });

/** The forms are those that a kube-apiserver 1.31 answers; structured-merge-diff v4 and apimachinery's fieldmanager make them. */
describe('managedFields', () => {
  it('of what is created list every field, and say of a new map that it is owned as well', () => {
    expect(owners(write(undefined, map({ a: '1', b: '2' }), 'kubectl-create'))).toEqual([
      ['kubectl-create', 'Update', '2026-11-24T02:00:00Z', { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } }],
    ]);
  });

  const argo = entry('argocd-controller', { 'f:data': { 'f:a': {}, 'f:b': {} } }, 'Apply');
  it.each<[string, JsonObject, JsonObject, readonly unknown[]]>([
    [
      'what is changed goes to who changed it, from whoever applied it too',
      map({ a: '1', b: '2' }, [argo]),
      map({ a: '9', b: '2' }, [argo]),
      [
        ['argocd-controller', 'Apply', '2026-11-24T01:00:00Z', { 'f:data': { 'f:b': {} } }],
        ['acknet', 'Update', '2026-11-24T02:00:00Z', { 'f:data': { 'f:a': {} } }],
      ],
    ],
    [
      'what is removed is nobody’s, and bears no time',
      map({ a: '1', b: '2' }, [argo]),
      map({ b: '2' }, [argo]),
      [['argocd-controller', 'Apply', '2026-11-24T01:00:00Z', { 'f:data': { 'f:b': {} } }]],
    ],
    [
      'who owns nothing any more is gone',
      map({ a: '1' }, [entry('helm', { 'f:data': { 'f:a': {} } })]),
      map({ a: '2' }, [entry('helm', { 'f:data': { 'f:a': {} } })]),
      [['acknet', 'Update', '2026-11-24T02:00:00Z', { 'f:data': { 'f:a': {} } }]],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(owners(write(before, after))).toEqual(expected);
  });

  it('take a list item by item where items have keys, and as one where not', () => {
    const service: JsonObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: {
        selector: { app: 'web' },
        ipFamilies: ['IPv4', 'IPv6'],
        ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
      },
    };
    expect(owners(write(undefined, service, 'kubectl-create'))[0]?.[3]).toEqual({
      'f:spec': {
        'f:selector': {},
        'f:ipFamilies': {},
        'f:ports': {
          '.': {},
          'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:protocol': {}, 'f:targetPort': {} },
        },
      },
    });
  });

  it('keep writes of the status apart', () => {
    const node = (status: JsonObject): JsonObject => ({
      kind: 'Node',
      metadata: { name: 'n' },
      spec: {},
      status,
    });
    const [only] = write(node({}), node({ phase: 'Running' }), 'kubelet', true);
    expect(only).toMatchObject({
      manager: 'kubelet',
      subresource: 'status',
      fieldsV1: { 'f:status': { 'f:phase': {} } },
    });
  });

  it('of a scenario’s object are filled in where it names just who wrote it', () => {
    const { fieldsV1: _, ...named } = entry('kubectl-edit', {});
    expect(owners(seededFields(map({ a: '1' }), [named]))[0]?.[3]).toEqual({
      'f:data': { '.': {}, 'f:a': {} },
    });
  });
});

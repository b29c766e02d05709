import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';
import { fieldManagersOf } from '../../../../src/cluster/views/field-managers.js';
import {
  foreignWarning,
  gatherForeignFields,
  writerOf,
} from '../../../../src/engine/planning/facts/field-owners.js';
import { nameWriters } from '../../../../src/engine/planning/facts/name-writers.js';
import type { StoredChange } from '../../../../src/proposals/proposal.js';
import { readerOf } from '../../../support/reader-of.js';

const about = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' } as const;
const entry = (manager: string, operation: string, fieldsV1: Json, more: JsonObject = {}): JsonObject => ({
  manager,
  operation,
  apiVersion: 'v1',
  time: '2026-11-24T02:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1,
  ...more,
});
const map = (...managedFields: JsonObject[]): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: about.name, namespace: about.namespace, managedFields },
  data: { 'cni-conf.json': '{}' },
});
const keys = (...names: string[]): Json => ({
  'f:data': Object.fromEntries(names.map((name) => [`f:${name}`, {}])),
});
const setsKey: StoredChange = { verb: 'set', about, path: ['data', 'cni-conf.json'], from: '{}', to: '{ }' };
const foreign = (...managedFields: JsonObject[]) =>
  gatherForeignFields(readerOf({ objects: [map(...managedFields)] }), [setsKey]);

describe('a field that a fix sets', () => {
  it.each<[string, readonly JsonObject[], readonly string[]]>([
    [
      'applied by Argo CD',
      [entry('argocd-controller', 'Apply', keys('cni-conf.json'))],
      ['argocd-controller'],
    ],
    ['applied with the whole map', [entry('helm', 'Apply', { 'f:data': {} })], ['helm']],
    [
      'applied by two',
      [entry('a', 'Apply', keys('cni-conf.json')), entry('b', 'Apply', keys('cni-conf.json'))],
      ['a', 'b'],
    ],
    ['beside one that is applied', [entry('argocd-controller', 'Apply', keys('net-conf.json'))], []],
    ['written by an update', [entry('kubectl-edit', 'Update', keys('cni-conf.json'))], []],
    ['applied by acknet', [entry('acknet', 'Apply', keys('cni-conf.json'))], []],
    [
      'of which only the status is applied',
      [entry('x', 'Apply', keys('cni-conf.json'), { subresource: 'status' })],
      [],
    ],
    ['without any record', [], []],
  ])('is foreign where somebody else applies it: %s', async (_what, managed, managers) => {
    const found = await foreign(...managed);
    expect(found.map(({ manager, field }) => [manager, field])).toEqual(
      managers.map((manager) => [manager, 'data["cni-conf.json"]']),
    );
  });

  it('is warned of by the name that people know', async () => {
    const [first] = await foreign(entry('argocd-controller', 'Apply', keys('cni-conf.json')));
    expect(first && foreignWarning(first)).toMatch(
      /^Argo CD \(argocd-controller\) will put it back: it owns data\["cni-conf.json"\] of ConfigMap kube-system\/kube-flannel-cfg/,
    );
  });
});

describe('who wrote a field last', () => {
  const old = { time: '2026-11-24T01:00:00Z' };
  it.each<[string, readonly JsonObject[], string | undefined]>([
    [
      'the newest of those that own it',
      [entry('kubectl-edit', 'Update', keys('k')), entry('helm', 'Update', keys('k'), old)],
      'by kubectl-edit, Update at 2026-11-24T02:00:00Z',
    ],
    [
      'not who wrote another field since',
      [entry('kubectl-edit', 'Update', keys('other')), entry('helm', 'Apply', keys('k'), old)],
      'by Helm (helm), Apply at 2026-11-24T01:00:00Z',
    ],
    ['nobody where it is not recorded', [entry('kubectl-edit', 'Update', keys('other'))], undefined],
    ['nobody where the record is no record', [entry('x', 'Update', 'garbage')], undefined],
  ])('is %s', (_what, managed, writer) => {
    expect(writerOf(fieldManagersOf(map(...managed)), ['data', 'k'])).toBe(writer);
  });

  it('stands with what moved, and what moved is said also where that is not readable', async () => {
    const moved = [{ about, path: ['data', 'cni-conf.json'], words: 'it' }];
    const objects = [map(entry('helm', 'Update', keys('cni-conf.json')))];
    expect(await nameWriters(readerOf({ objects }), moved)).toBe(
      'it (last written by Helm (helm), Update at 2026-11-24T02:00:00Z)',
    );
    const forbidden = ['configmaps/kube-flannel-cfg'];
    expect(await nameWriters(readerOf({ objects, forbidden }), moved)).toBe('it');
  });
});

import { unlessAbsent } from '../../../cluster/absent.js';
import { configsOf } from '../../../cluster/component-configs.js';
import { list, object, text, texts } from '../../../cluster/fields.js';
import { labelOf } from '../../../cluster/object-label.js';
import type { ClusterReader, Json, JsonObject, ObjectRef, Resource } from '../../../cluster/ports.js';
import { type DaemonSetView, daemonSets } from '../../../cluster/views/daemon-set.js';
import type { NodeView } from '../../../cluster/views/node.js';
import type { Basis, Fact } from '../../../proposals/basis.js';
import type { StoredChange } from '../../../proposals/proposal.js';
import { canonical, sha256 } from '../digest.js';
import { custodyOf } from './custody.js';
import { type ObjectState, readObject, type WrittenObject } from './object-state.js';
import { objectWrites } from './object-writes.js';
import { rollChanges } from './rollout-facts.js';

/** Everything the change writes, restarts, or starts pods with. An object that is gone has no facts. */
export async function gatherBasis(reader: ClusterReader, changes: readonly StoredChange[]): Promise<Basis> {
  const rolls = rollChanges(changes).map(({ about }) => about);
  const read = rolls.flatMap(({ name }) =>
    configsOf(name).map((config) => ({ kind: 'ConfigMap', namespace: 'kube-system', name: config }) as const),
  );
  const drained = changes.flatMap((change) => (change.verb === 'drain' ? [change.about] : []));
  const objects = new Map(
    [...objectWrites(changes).map(({ about }) => about), ...drained, ...read].map(
      (about): [string, WrittenObject] => [labelOf(about), about],
    ),
  );
  return Promise.all([
    ...[...objects.values()].map((about) => objectBasis(reader, about)),
    ...rolls.map((about) => templateBasis(reader, about)),
  ]);
}

async function objectBasis(reader: ClusterReader, about: WrittenObject): Promise<Basis[number]> {
  const state = await unlessAbsent(readObject(reader, about));
  return { about: refOf(about), facts: state === undefined ? [] : factsOf(state) };
}

const refOf = ({ kind, namespace, name }: ObjectRef) => ({ kind, namespace, name });

const fact = (field: string, value: Json): Fact => ({ field, digest: sha256(canonical(value)) });
const shownFact = (field: string, value: Json): Fact => ({
  ...fact(field, value),
  shown: typeof value === 'string' ? value : JSON.stringify(value),
});

/** Of an object that acknet writes: all of it that means something, in the words of its fields. */
export function factsOf({ uid, content, custody }: ObjectState): Fact[] {
  const { data, binaryData, labels, taints, spec } = content;
  const keys = (value: Json | undefined, name: string) =>
    Object.entries(object(value)).map(([key, held]) => fact(`${name}["${key}"]`, held));
  return [
    shownFact('uid', uid),
    ...keys(data, 'data'),
    ...keys(binaryData, 'binaryData'),
    ...keys(labels, 'labels'),
    ...keys(taints, 'taints'),
    ...Object.entries(object(spec)).map(([key, held]) => fact(`spec.${key}`, primary(key, held))),
    ...custody,
  ];
}

/** The server completes a Service's families and addresses itself: only the first of each is anybody's choice. */
const primary = (key: string, value: Json): Json =>
  ['ipFamilies', 'clusterIPs'].includes(key) ? (list(value)[0] ?? null) : value;

/** Of a node whose pod is restarted. */
export const hostFacts = ({ uid, labels, unschedulable }: NodeView): Fact[] => [
  shownFact('uid', uid),
  fact('labels', labels),
  shownFact('spec.unschedulable', unschedulable),
];

interface Template {
  readonly facts: readonly Fact[];
  readonly labels: Readonly<Record<string, string>>;
}

const templates: Resource<Template> = {
  group: 'apps',
  version: 'v1',
  plural: 'daemonsets',
  kind: 'DaemonSet',
  namespaced: true,
  project: (raw: JsonObject) => ({
    labels: texts(raw, 'spec', 'template', 'metadata', 'labels'),
    facts: [
      shownFact('uid', text(raw, 'metadata', 'uid') ?? ''),
      shownFact('spec.updateStrategy', object(raw, 'spec', 'updateStrategy')),
      ...['initContainers', 'containers'].flatMap((key) =>
        list(raw, 'spec', 'template', 'spec', key).map((container) =>
          shownFact(`image of ${text(container, 'name') ?? ''}`, text(container, 'image') ?? ''),
        ),
      ),
      fact('spec.template', object(raw, 'spec', 'template')),
      ...custodyOf(raw),
    ],
  }),
};

/** By its labels: whoever selects by expressions alone is not seen. */
const selects = (selector: DaemonSetView['selector'], labels: DaemonSetView['selector']): boolean =>
  Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Two controllers on the same pods: what is restarted is then not only this one's. */
const alsoSelected = ({ name, uid }: DaemonSetView): Fact =>
  fact(`pods, which DaemonSet ${name} selects too`, uid);

async function templateBasis(reader: ClusterReader, about: ObjectRef): Promise<Basis[number]> {
  const place = { namespace: about.namespace ?? 'kube-system', name: about.name };
  const template = await unlessAbsent(reader.get(templates, place));
  if (template === undefined) return { about: refOf(about), facts: [] };
  const sets = await reader.list(daemonSets, { namespace: place.namespace });
  const others = sets.filter(
    ({ name, selector }) => name !== place.name && selects(selector, template.labels),
  );
  return { about: refOf(about), facts: [...template.facts, ...others.map(alsoSelected)] };
}

import { type Kind, kinds } from '../../../sandbox/cluster/api/objects/kinds.js';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import type { Scenario } from '../../../sandbox/cluster/scenario.js';
import { object, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { waitFor } from '../wait-for.js';
import { type Admin, tolerating } from './admin.js';
import { inParallel, withOwnLabel } from './own-objects.js';

/** Namespaces, the accounts that pods run as, and the custom resources that a scenario has installed. */
export async function prepareServer(
  admin: Admin,
  objects: readonly JsonObject[],
  { crds }: Scenario,
): Promise<void> {
  // Namespaces stay: only a controller that a bare server lacks could finish their removal.
  await inParallel(
    objects.filter(({ kind }) => kind === 'Namespace'),
    (entry) => tolerating([409], () => admin.create({ ...entry, metadata: { name: placeOf(entry).name } })),
  );
  await inParallel([...accounts(objects)], (account) => {
    const [namespace = '', name = ''] = account.split('/');
    // Old servers make pods wait for a token that a controller makes; these pods need none.
    const entry = {
      ...{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } },
      automountServiceAccountToken: false,
    };
    // 404: a server without service accounts asks for none.
    return tolerating([404, 409], () => admin.create(withOwnLabel(entry)));
  });
  await inParallel(
    kinds.filter(({ crd, group }) => crd && crds.includes(group)),
    (kind) => install(admin, kind),
  );
}

function accounts(objects: readonly JsonObject[]): ReadonlySet<string> {
  const running = objects.filter(({ kind }) => kind === 'Pod' || kind === 'DaemonSet');
  return new Set(
    running.map((entry) => {
      const spec = entry.kind === 'Pod' ? object(entry, 'spec') : object(entry, 'spec', 'template', 'spec');
      return `${placeOf(entry).namespace}/${text(spec, 'serviceAccountName') ?? 'default'}`;
    }),
  );
}

async function install(admin: Admin, kind: Kind): Promise<void> {
  const { group, version, plural, namespaced } = kind;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      ...{ group, scope: namespaced ? 'Namespaced' : 'Cluster' },
      names: { plural, kind: kind.kind, singular: kind.kind.toLowerCase(), listKind: `${kind.kind}List` },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
  // 404: a server that takes no definitions has the groups already, or the list below never answers.
  await tolerating([404, 409], () => admin.create(withOwnLabel(definition)));
  await waitFor(`${plural}.${group} to be served`, () => tolerating([404], () => admin.list(kind)));
}

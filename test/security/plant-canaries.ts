import type { LogLine } from '../../sandbox/cluster/api/objects/pod-logs.js';
import type { ClusterSimulator } from '../../sandbox/cluster/start-cluster-simulator.js';
import { isObject, list, object, text } from '../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../src/cluster/ports.js';
import { SECRET, shapesOfSecrets } from '../masking/shapes.js';
import { canary } from './canary.js';

/** Every shape of one line that `test/masking` knows, each with a canary for its secret. */
const shapes = shapesOfSecrets
  .filter(([, shape, secret]) => secret === undefined && !shape.includes('\n') && shape.includes(SECRET))
  .map(([name, shape]) => shape.replaceAll(SECRET, canary(`shape ${name}`)));
export const shapesPlanted = shapes.length;

/** The next one, and the first again after the last: places are many more than shapes. */
const nextShape = (() => {
  let turn = 0;
  return (): string => shapes[turn++ % shapes.length] ?? '';
})();

/** A secret in each shape in which logs, events and annotations are known to carry one, and one more shape each time. */
const inProse = (field: string): string =>
  [
    `token=${canary(`${field} token`)}`,
    `access_key: LTAI5t${canary(`${field} key`)}`,
    `"access_secret": "${canary(`${field} secret`)}"`,
    `Authorization: Bearer ${canary(`${field} bearer`)}`,
    `https://puller:${canary(`${field} password`)}@registry.example.com/v2`,
    nextShape(),
  ].join(' ');

/** Puts secrets where people and add-ons put them: a value with a name that says so, or a place nobody asks for. */
export function plantCanaries(cluster: ClusterSimulator): void {
  plantConfigMaps(cluster);
  change(cluster, 'Node', withNodeSecrets);
  change(cluster, 'Pod', withPodSecrets);
  change(cluster, 'DaemonSet', withTemplateSecrets);
  change(cluster, 'Event', withEventSecrets);
  change(cluster, 'Service', (service) => annotated(service, unseen('service')));
  plantLogs(cluster);
}

function change(cluster: ClusterSimulator, name: string, alter: (object: JsonObject) => JsonObject): void {
  const kind = cluster.kind(name);
  for (const found of cluster.store.all(kind)) cluster.store.replace(kind, alter(found), { status: true });
}

/** A value without any tell-tale name: nothing can mask it, so nothing may ever fetch it. */
const unseen = (field: string): Record<string, string> => ({
  'kubectl.kubernetes.io/last-applied-configuration': canary(`${field} lastApplied`),
  'example.com/handover': canary(`${field} handover`),
});

function annotated(found: JsonObject, annotations: Readonly<Record<string, string>>): JsonObject {
  const metadata = object(found, 'metadata');
  return {
    ...found,
    metadata: { ...metadata, annotations: { ...object(metadata, 'annotations'), ...annotations } },
  };
}

function plantConfigMaps(cluster: ClusterSimulator): void {
  completeTerway(cluster);
  change(cluster, 'ConfigMap', (found) => {
    const name = text(found, 'metadata', 'name') ?? '';
    const data = Object.fromEntries(
      Object.entries(object(found, 'data')).map(([key, value]) => [
        key,
        withDocumentSecrets(name, key, value),
      ]),
    );
    const extra = { 'kubeconfig.conf': kubeconfig(name), 'notes.txt': inProse(`${name} notes`) };
    return annotated({ ...found, data: { ...data, ...extra } }, unseen(`${name} annotation`));
  });
  cluster.store.create(cluster.kind('ConfigMap'), {
    metadata: { namespace: 'kube-system', name: 'cloud-config' },
    data: {
      'cloud-config.conf': JSON.stringify({
        Global: { accessKeyID: canary('cloudConfig id'), accessKeySecret: canary('cloudConfig secret') },
      }),
    },
  });
}

/** Nodes of the scenario name a ConfigMap that is missing, and no fix restarts Terway before there is one. */
function completeTerway({ store, kind }: ClusterSimulator): void {
  const configMaps = store.all(kind('ConfigMap'));
  const named = (name: string) => configMaps.find((found) => text(found, 'metadata', 'name') === name);
  const whole = named('eni-config');
  const missing = { namespace: 'kube-system', name: 'eni-config-payments' };
  if (whole && !named(missing.name))
    store.create(kind('ConfigMap'), { metadata: missing, data: object(whole, 'data') });
}

/** Beside what fixes edit, so that it stands in the context lines of their diffs. */
function withDocumentSecrets(name: string, key: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  const label = `${name} ${key}`;
  if (key === 'config.conf') return `${value}# password: ${canary(`${label} comment`)}\n`;
  if (key === 'Corefile') return value.replace('{\n', `{\n    # Bearer ${canary(`${label} comment`)}\n`);
  if (!value.startsWith('{')) return value;
  const before = `"access_key": "${canary(`${label} key`)}",\n  "access_secret": "${canary(`${label} secret`)}"`;
  const after = `"token": "${canary(`${label} token`)}",\n  "security_token": "${canary(`${label} sts`)}"`;
  return value
    .replace('{\n', `{\n  ${before},\n`)
    .replace(/("vswitches": \{[^}]*\}|"type": "flannel")/, `$1,\n  ${after}`);
}

const kubeconfig = (name: string): string =>
  `users:\n- name: kube-proxy\n  user:\n    token: ${canary(`${name} kubeconfig token`)}\n    client-key-data: ${canary(`${name} kubeconfig key`)}\n`;

function withNodeSecrets(node: JsonObject): JsonObject {
  const status = object(node, 'status');
  const conditions = list(status, 'conditions').map((condition) =>
    isObject(condition)
      ? { ...condition, message: `${text(condition, 'message') ?? ''} ${inProse('condition')}` }
      : condition,
  );
  return {
    ...annotated(node, {
      ...unseen('node'),
      'flannel.alpha.coreos.com/backend-data': `{"token":"${canary('node flannel')}"}`,
      'k8s.aliyun.com/allocated-eniip': inProse('node aliyun'),
    }),
    status: { ...status, conditions },
  };
}

function withPodSecrets(pod: JsonObject): JsonObject {
  const status = object(pod, 'status');
  const speak = (entry: Json): Json => {
    if (!isObject(entry)) return entry;
    const state = Object.entries(object(entry, 'state')).map(([phase, said]) => [
      phase,
      isObject(said) && phase !== 'running' ? { ...said, message: inProse('container state') } : said,
    ]);
    return 'state' in entry
      ? { ...entry, state: Object.fromEntries(state) }
      : { ...entry, message: `${text(entry, 'message') ?? ''} ${inProse('pod condition')}` };
  };
  const parts = ['conditions', 'containerStatuses', 'initContainerStatuses'].map((key) => [
    key,
    list(status, key).map(speak),
  ]);
  return {
    ...annotated(pod, { ...unseen('pod'), 'k8s.aliyun.com/pod-networks': inProse('pod aliyun') }),
    spec: containersWithSecrets(object(pod, 'spec'), 'pod'),
    status: { ...status, ...Object.fromEntries(parts) },
  };
}

/** Where a change of the template alone restarts nothing. */
function withTemplateSecrets(owner: JsonObject): JsonObject {
  const spec = object(owner, 'spec');
  const planted = annotated(owner, unseen('daemonset'));
  if (text(spec, 'updateStrategy', 'type') !== 'OnDelete') return planted;
  const template = object(spec, 'template');
  const inner = containersWithSecrets(object(template, 'spec'), 'daemonset');
  return { ...planted, spec: { ...spec, template: { ...template, spec: inner } } };
}

function containersWithSecrets(spec: JsonObject, field: string): JsonObject {
  const containers = list(spec, 'containers').map((container) =>
    isObject(container)
      ? {
          ...container,
          args: [...list(container, 'args'), `--token=${canary(`${field} flag`)}`],
          env: [...list(container, 'env'), { name: 'DSN', value: canary(`${field} env`) }],
        }
      : container,
  );
  return { ...spec, containers };
}

/** The last one is cut in the middle by the limit that acknet puts on an event's message. */
function withEventSecrets(event: JsonObject): JsonObject {
  const said = `${text(event, 'message') ?? ''} ${inProse('event')} `;
  const cut = 'https://puller:';
  return {
    ...event,
    message: `${said.padEnd(1024 - cut.length - 20, '.')} ${cut}${canary('event cut')}@registry`,
  };
}

/** In what containers have said, and in whatever they will say: proofs quote the lines of restarted pods. */
function plantLogs({ store, logs, kind }: ClusterSimulator): void {
  const append = logs.append;
  const spoken = (lines: readonly LogLine[]) =>
    lines.map((line) => ({ ...line, text: `${line.text} ${inProse('log')}` }));
  logs.append = (uid, container, lines) => append(uid, container, spoken(lines));
  for (const pod of store.all(kind('Pod')))
    for (const container of [...list(pod, 'spec', 'containers'), ...list(pod, 'spec', 'initContainers')]) {
      const place = [text(pod, 'metadata', 'uid') ?? '', text(container, 'name') ?? ''] as const;
      logs.append(...place, logs.read(...place));
    }
}

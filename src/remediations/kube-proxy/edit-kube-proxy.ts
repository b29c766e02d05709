import { CONFIG_KEY } from '../../checks/kube-proxy/kube-proxies.js';
import type { Change } from '../define-remediation.js';
import { setYamlField } from '../documents/set-yaml-field.js';
import { refuse } from '../refuse.js';
import type { KubeProxyTarget } from './kube-proxy-targets.js';

interface KubeProxyEdit {
  readonly path: readonly [string, string];
  readonly value: string | number;
}

export const KUBE_PROXY_IMPACT =
  'Running Services are not interrupted; those released on a node while its kube-proxy restarts take slightly longer to work.';

/** The edit of each config that does not hold the value yet, then the roll-out of each: empty when all hold it. */
export function editKubeProxies(
  targets: readonly KubeProxyTarget[],
  edit: KubeProxyEdit,
  canary: readonly string[] = [],
): Change[] {
  const edits = targets.flatMap((target) => editOf(target, edit));
  const names = edits.map(({ about }) => about.name);
  const rolls = targets
    .filter(({ name }) => names.includes(name))
    .map((target) => rollOf(target, canary.length > 0 ? { canary } : {}));
  return [...edits, ...rolls];
}

export const rollOf = (
  { name, selector }: KubeProxyTarget,
  more: { canary?: readonly string[]; nodes?: readonly string[] } = {},
): Extract<Change, { verb: 'roll-pods' }> => ({
  verb: 'roll-pods',
  about: { kind: 'DaemonSet', namespace: 'kube-system', name },
  selector,
  ...more,
});

function editOf(
  { name, document }: KubeProxyTarget,
  { path, value }: KubeProxyEdit,
): Extract<Change, { verb: 'edit-document' }>[] {
  const to = setYamlField(document, { path, value, after: 'mode' });
  if (to === document) return [];
  if (to === undefined)
    throw refuse(
      `${CONFIG_KEY} in ConfigMap kube-system/${name} could not be edited without touching the rest of it.`,
    );
  const about = { kind: 'ConfigMap', namespace: 'kube-system', name } as const;
  return [{ verb: 'edit-document', about, key: CONFIG_KEY, from: document, to }];
}

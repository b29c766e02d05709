import { KubeConfig } from '@kubernetes/client-node';
import { placeOf } from '../../../sandbox/cluster/api/objects/object-store.js';
import { kubeconfigFor } from '../../../sandbox/cluster/kubeconfig.js';
import { object, text } from '../../../src/cluster/fields.js';
import { apiPath } from '../../../src/cluster/kube/api-paths.js';
import type { JsonObject, RbacRule } from '../../../src/cluster/ports.js';
import { type Role, rolesFor } from '../../../src/cluster/rbac-roles.js';
import { type Admin, kindOf, serviceAccountKind, tolerating } from './admin.js';
import { withOwnLabel } from './own-objects.js';

export type Who = 'reader' | 'fixer';

/** Two accounts on a server that may do what they are granted, and nothing else. */
export interface Credentials {
  /** Kubeconfig as YAML. */
  kubeconfig(who: Who): Promise<string>;
  /** Replaces what was granted before. */
  grant(who: Who, rules: readonly RbacRule[]): Promise<void>;
}

const NAMESPACE = 'kube-system';
const accountOf = (who: Who): string => `acknet-contract-${who}`;

/** Service accounts with short-lived tokens, bound to the very roles that `acknet rbac` prints. */
export function serviceAccounts(admin: Admin, adminKubeconfig: string): Credentials {
  const granted = new Map<Who, readonly JsonObject[]>();
  return {
    async kubeconfig(who) {
      const metadata = { name: accountOf(who), namespace: NAMESPACE };
      await admin.create(withOwnLabel({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }));
      return kubeconfigFor({ ...serverOf(adminKubeconfig), token: await tokenOf(admin, who) });
    },
    async grant(who, rules) {
      for (const entry of granted.get(who) ?? [])
        await tolerating([404], () => admin.remove(kindOf(entry), placeOf(entry)));
      const entries = rolesFor(accountOf(who), rules).flatMap((role) => [asJson(role), bindingOf(role, who)]);
      for (const entry of entries) await admin.create(withOwnLabel(entry));
      granted.set(who, entries);
    },
  };
}

const asJson = (role: Role): JsonObject => JSON.parse(JSON.stringify(role)) as JsonObject;

function bindingOf({ kind, metadata }: Role, who: Who): JsonObject {
  const { name, namespace } = metadata;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ kind: 'ServiceAccount', name: accountOf(who), namespace: NAMESPACE }],
  };
}

async function tokenOf(admin: Admin, who: Who): Promise<string> {
  const account = { namespace: NAMESPACE, name: accountOf(who) };
  const answer = await admin.send('POST', `${apiPath(serviceAccountKind, account)}/token`, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  });
  return text(object(answer, 'status'), 'token') ?? '';
}

function serverOf(kubeconfig: string): { name: string; url: string; ca: string } {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const cluster = config.getCurrentCluster();
  if (!cluster?.caData)
    throw new Error(`${kubeconfig}: the current cluster needs certificate-authority-data.`);
  return { name: 'contract', url: cluster.server, ca: Buffer.from(cluster.caData, 'base64').toString() };
}

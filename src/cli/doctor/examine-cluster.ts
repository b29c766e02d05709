import pLimit from 'p-limit';
import type { ClusterAccess, RbacRule, ResourceAccess } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.access;

type Holder = 'reader' | 'fixer';

/** Verbs that neither credential should have, whatever was granted by mistake. */
const FORBIDDEN: Readonly<Record<Holder, readonly ResourceAccess[]>> = {
  reader: [
    { group: '', resource: 'secrets', verb: 'get', namespace: 'kube-system' },
    { group: '', resource: 'secrets', verb: 'list' },
    { group: '', resource: 'nodes', subresource: 'proxy', verb: 'get' },
    { group: '', resource: 'pods', subresource: 'exec', verb: 'create', namespace: 'kube-system' },
    { group: '', resource: 'configmaps', verb: 'patch', namespace: 'kube-system' },
    { group: '', resource: 'pods', verb: 'delete', namespace: 'kube-system' },
    { group: 'apps', resource: 'daemonsets', verb: 'patch', namespace: 'kube-system' },
  ],
  fixer: [
    { group: '', resource: 'secrets', verb: 'get', namespace: 'kube-system' },
    { group: '', resource: 'nodes', subresource: 'proxy', verb: 'get' },
    { group: '', resource: 'pods', subresource: 'exec', verb: 'create', namespace: 'kube-system' },
    { group: '', resource: 'pods', verb: 'create', namespace: 'kube-system' },
    { group: '', resource: 'nodes', verb: 'delete' },
    { group: 'rbac.authorization.k8s.io', resource: 'clusterroles', verb: 'escalate' },
  ],
};

interface Examination {
  readonly access: ClusterAccess;
  readonly who: Holder;
  readonly rules: readonly RbacRule[];
  readonly signal: AbortSignal;
}

/** Asks the API server (SelfSubjectAccessReview) for every verb needed, and for those that should be refused. */
export async function examineCluster(examination: Examination): Promise<readonly Symptom[]> {
  const limit = pLimit(6);
  const review = (access: ResourceAccess, wanted: boolean) =>
    limit(() => examineAccess(access, wanted, examination));
  const reviewed = await Promise.all([
    ...accessesOf(examination.rules).map((access) => review(access, true)),
    ...FORBIDDEN[examination.who].map((access) => review(access, false)),
  ]);
  const wrong = oncePerText(reviewed.filter((symptom) => symptom !== undefined));
  const { access, who } = examination;
  return wrong.length > 0
    ? wrong
    : [ok(says.hasAll(says.name(access.name, who), reviewed.length - FORBIDDEN[who].length))];
}

/** A server that cannot be asked says the same for every verb. */
const oncePerText = (symptoms: readonly Symptom[]): readonly Symptom[] => [
  ...new Map(symptoms.map((symptom) => [symptom.what, symptom])).values(),
];

async function examineAccess(
  wish: ResourceAccess,
  wanted: boolean,
  { access, who, signal }: Examination,
): Promise<Symptom | undefined> {
  const name = says.name(access.name, who);
  try {
    const allowed = await access.may(who, wish, signal);
    if (allowed === wanted) return undefined;
    return wanted
      ? fault(says.mayNot(name, describe(wish)), says.apply(who === 'fixer' ? ' --fixes' : ''))
      : fault(says.should(name, describe(wish)), says.takeAway);
  } catch (error) {
    if (!(error instanceof AcknetError)) throw error;
    return unread(`${name}: ${error.message}`, error.hint ?? doctorTexts.seeMessage);
  }
}

const describe = ({ verb, group, resource, subresource, namespace, name }: ResourceAccess): string => {
  const path = `${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;
  return `${verb} ${path}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? '' : ` in ${namespace}`}`;
};

export function accessesOf(rules: readonly RbacRule[]): readonly ResourceAccess[] {
  const all = rules.flatMap(({ group, resource, verbs, namespace, names }) => {
    const [kind = '', subresource] = resource.split('/');
    return verbs.flatMap((verb) =>
      (names ?? [undefined]).map((name) => ({
        group,
        resource: kind,
        verb,
        namespace,
        name,
        subresource,
      })),
    );
  });
  return [...new Map(all.map((access) => [JSON.stringify(access), access])).values()];
}

import { chooseChecks } from '../checks/judging/choose-checks.js';
import { checks as catalogue } from '../checks/index.js';
import type { CloudAction } from '../cloud/actions.js';
import { identityReads } from '../cluster/identity/gather-identity.js';
import type { RbacRule } from '../cluster/ports.js';
import { rolesAsYaml, rolesFor } from '../cluster/rbac-roles.js';
import { componentNamespaces, isOfComponents } from '../cluster/views/pod.js';
import { AcknetError } from '../errors.js';
import { findRemediation, remediations } from '../remediations/index.js';
import { rbacTexts } from '../texts/cli/check.js';
import { exitCodes } from './terminal/exit-codes.js';
import { forTerminal } from './terminal/for-terminal.js';
import { ramText } from './ram-text.js';
import type { CommandResult, Runtime } from './runtime.js';

interface RbacFlags {
  /** Print what RAM must grant instead. */
  readonly cloud?: boolean;
  /** Ids of checks; empty list = all. */
  readonly checks?: readonly string[];
  /** Ids of remediations; `true` = all. Absent = print the reader's role. */
  readonly fixes?: readonly string[] | true;
  /** ConfigMaps that `terway-config` labels of nodes name: known to the cluster alone. */
  readonly configMaps?: readonly string[];
  /** Namespaces beside kube-system that components of the network run in, and whose logs may be read. */
  readonly logNamespaces?: readonly string[];
}

/** What one cluster needs beside what all need. */
type ClusterReads = Pick<RbacFlags, 'configMaps' | 'logNamespaces'>;

/** Prints the roles as YAML: the reader's, or with `--fixes` the fixer's. */
export async function rbac(
  { checks, fixes, cloud, ...cluster }: RbacFlags,
  runtime: Pick<Runtime, 'stdout' | 'env'>,
): CommandResult {
  const { stdout } = runtime;
  if (cloud) {
    stdout.write(forTerminal(await ramText(cloudActionsOf(checks ?? []), runtime)));
    return exitCodes.done;
  }
  const text =
    fixes === undefined
      ? rolesAsYaml(rolesFor('acknet-reader', readerRules(checks ?? [], cluster)))
      : fixerText(fixerRules(fixes === true ? [] : fixes));
  stdout.write(forTerminal(text));
  return exitCodes.done;
}

/** What the reader credential needs: the checks' reads, and what the planning of fixes reads. */
export function readerRules(
  ids: readonly string[],
  { configMaps = [], logNamespaces = [] }: ClusterReads = {},
): readonly RbacRule[] {
  const planning = ids.length === 0 ? remediations.flatMap(({ reads }) => reads) : [];
  const named: readonly RbacRule[] =
    configMaps.length === 0
      ? []
      : [{ group: '', resource: 'configmaps', verbs: ['get'], namespace: 'kube-system', names: configMaps }];
  return [
    ...identityReads,
    ...chooseChecks(catalogue, ids).flatMap(({ reads }) => reads),
    ...planning,
    ...named,
    ...logNamespaces.map(logsOf),
  ];
}

/** Only there: elsewhere logs are of applications. */
function logsOf(namespace: string): RbacRule {
  if (!isOfComponents(namespace))
    throw new AcknetError('usage.invalid', rbacTexts.noComponents(namespace), {
      hint: rbacTexts.known(componentNamespaces.join(', ')),
    });
  return { group: '', resource: 'pods/log', verbs: ['get'], namespace };
}

/** What RAM must allow: the cloud's side of the checks, and of the planning of fixes. */
export function cloudActionsOf(ids: readonly string[]): readonly CloudAction[] {
  const asked = chooseChecks(catalogue, ids).flatMap(({ cloud }) => cloud?.actions ?? []);
  const planning = ids.length === 0 ? remediations.flatMap(({ cloudActions = [] }) => cloudActions) : [];
  return [...new Set([...asked, ...planning])].sort();
}

export function fixerRules(ids: readonly string[]): readonly RbacRule[] {
  const chosen = ids.length === 0 ? remediations : ids.map(knownRemediation);
  return chosen.flatMap(({ writes }) => writes);
}

function fixerText(rules: readonly RbacRule[]): string {
  const deletesPods = rules.some(({ resource, verbs }) => resource === 'pods' && verbs.includes('delete'));
  return `${deletesPods ? rbacTexts.fixerNote : ''}${rolesAsYaml(rolesFor('acknet-fixer', rules))}`;
}

function knownRemediation(id: string) {
  const found = findRemediation(id);
  if (found !== undefined) return found;
  throw new AcknetError('usage.invalid', rbacTexts.noFix(id), {
    hint: rbacTexts.known(remediations.map((remediation) => remediation.id).join(', ')),
  });
}

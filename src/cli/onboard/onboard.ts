import path from 'node:path';
import { stringify } from 'yaml';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { exitCodes } from '../exit-codes.js';
import { forTerminal } from '../for-terminal.js';
import { fixerRules, readerRules } from '../rbac.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { type AccessHolder, type AccessObject, accessObjects } from './access-objects.js';
import { type AdminAccess, createAdminAccess } from './admin-access.js';
import { openAdminConnection } from './admin-connection.js';
import { proveAccess } from './prove-access.js';
import { credentialFiles, writeKubeconfig, writeToken } from './write-kubeconfig.js';

export interface OnboardFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Ids of remediations the fixer may apply; `true` = all. Absent = no fixer. */
  readonly fixes?: readonly string[] | true;
  readonly configMaps?: readonly string[];
  readonly namespace: string;
  readonly out: string;
  readonly days: string;
  readonly server?: string;
  readonly apply?: true;
  readonly renew?: true;
  readonly check?: true;
  readonly yes?: true;
}

const DAY_SECONDS = 86_400;
const MOST_DAYS = 3650;

/** Prints, or with `apply` makes, what a cluster needs for acknet; `renew` only writes new tokens, `check` only looks. */
export async function onboard(cluster: string, flags: OnboardFlags, runtime: Runtime): CommandResult {
  const holders = holdersOf(flags);
  if (flags.check) return proveAccess(cluster, { holders, folder: flags.out, runtime });
  const objects = accessObjects(flags.namespace, holders);
  if (!flags.apply && !flags.renew) {
    runtime.stdout.write(forTerminal(`${texts.printed(cluster)}${asYaml(objects)}`));
    return exitCodes.done;
  }
  const days = daysOf(flags.days);
  const { choice, connection } = openAdminConnection(cluster, flags, runtime);
  const server = flags.server ?? choice.server;
  try {
    if (flags.apply && !(await agreed({ cluster, server, objects, flags, runtime }))) return exitCodes.done;
    const admin = createAdminAccess(connection, runtime.stop);
    if (flags.apply) await applyAll(admin, objects, runtime);
    for (const { account } of holders) {
      const { token, ends } = await admin.issueToken(account, flags.namespace, days * DAY_SECONDS);
      const files = credentialFiles(flags.out, cluster, roleOf(account));
      await writeToken(files, token);
      if (flags.apply) await writeKubeconfig(files, { cluster, server, choice });
      runtime.stdout.write(forTerminal(texts.token(files.kubeconfig, ends.toISOString())));
    }
    runtime.stdout.write(forTerminal(nextSteps(cluster, holders, flags)));
  } finally {
    await connection.close();
  }
  return proveAccess(cluster, { holders, folder: flags.out, runtime });
}

const asYaml = (objects: readonly AccessObject[]): string =>
  objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');

const roleOf = (account: AccessHolder['account']): 'reader' | 'fixer' =>
  account === 'acknet-fixer' ? 'fixer' : 'reader';

export function holdersOf({
  fixes,
  configMaps,
}: Pick<OnboardFlags, 'fixes' | 'configMaps'>): readonly AccessHolder[] {
  const reader: AccessHolder = { account: 'acknet-reader', rules: readerRules([], configMaps) };
  if (fixes === undefined) return [reader];
  return [reader, { account: 'acknet-fixer', rules: fixerRules(fixes === true ? [] : fixes) }];
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new AcknetError(
    'usage.invalid',
    `--days: expected a whole number from 1 to ${MOST_DAYS}, found "${text}".`,
  );
}

interface Asking {
  readonly cluster: string;
  readonly server: string;
  readonly objects: readonly AccessObject[];
  readonly flags: OnboardFlags;
  readonly runtime: Runtime;
}

/** Shows everything first; nothing is changed on a word that nobody gave. */
async function agreed({ cluster, server, objects, flags, runtime }: Asking): Promise<boolean> {
  const what = texts.aboutToApply({ objects: objects.length, cluster, server });
  runtime.stdout.write(forTerminal(`${asYaml(objects)}\n${what}\n`));
  if (flags.yes) return true;
  const answer = await runtime.confirm?.(forTerminal(texts.goAhead));
  if (answer === undefined) throw new AcknetError('usage.invalid', texts.notAsked);
  if (!answer) runtime.stdout.write(forTerminal(texts.declined));
  return answer;
}

async function applyAll(
  admin: AdminAccess,
  objects: readonly AccessObject[],
  { stdout }: Runtime,
): Promise<void> {
  for (const object of objects)
    stdout.write(forTerminal(texts.line(await admin.apply(object), object.kind, nameOf(object))));
}

export const nameOf = ({ metadata: { namespace, name } }: AccessObject): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

function nextSteps(cluster: string, holders: readonly AccessHolder[], flags: OnboardFlags): string {
  const file = (who: string) => credentialFiles(path.resolve(flags.out), cluster, who).kubeconfig;
  const fixer = holders.length > 1 ? { fixer: { kubeconfig: file('fixer') } } : {};
  const lines = stringify(
    { clusters: { [cluster]: { kubeconfig: file('reader'), ...fixer } } },
    { lineWidth: 0 },
  );
  const fixes = flags.fixes === undefined ? '' : ' --fixes';
  return `${flags.apply ? texts.configLines(lines) : ''}${texts.renewLine(cluster, `acknet onboard ${cluster} --renew${fixes} --out ${flags.out} --kubeconfig ADMIN_KUBECONFIG`)}`;
}

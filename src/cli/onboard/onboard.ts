import { stringify } from 'yaml';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import { fixerRules, readerRules } from '../rbac.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { type AccessHolder, type AccessObject, accessObjects, nameOf, roleOf } from './access-objects.js';
import { type AdminAccess, createAdminAccess } from './admin-access.js';
import { openAdminConnection } from './admin-connection.js';
import type { OnboardFlags } from './onboard-flags.js';
import { proveAccess } from './prove-access.js';
import { renewCommand } from './renew-command.js';
import { credentialFiles, writeKubeconfig, writeToken } from './write-kubeconfig.js';

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
    // All of them before a file is written: what is in use stays whole where one is refused.
    const issued = await Promise.all(
      holders.map(async ({ account }) => ({
        files: credentialFiles(flags.out, cluster, roleOf({ account })),
        ...(await admin.issueToken(account, flags.namespace, days * DAY_SECONDS)),
      })),
    );
    for (const { files, token, ends } of issued) {
      await writeToken(files, token);
      if (flags.apply) await writeKubeconfig(files, { cluster, server, choice });
      const written = flags.apply ? files.kubeconfig : files.token;
      runtime.stdout.write(forTerminal(texts.token(written, ends.toISOString())));
    }
    runtime.stdout.write(forTerminal(nextSteps(cluster, holders, flags)));
  } finally {
    await connection.close();
  }
  return proveAccess(cluster, { holders, folder: flags.out, runtime });
}

const asYaml = (objects: readonly AccessObject[]): string =>
  objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');

export function holdersOf({
  fixes,
  ...cluster
}: Pick<OnboardFlags, 'fixes' | 'configMaps' | 'logNamespaces'>): readonly AccessHolder[] {
  const reader: AccessHolder = { account: 'acknet-reader', rules: readerRules([], cluster) };
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

/** Nothing is begun where one of them is somebody else's. */
async function applyAll(
  admin: AdminAccess,
  objects: readonly AccessObject[],
  { stdout }: Runtime,
): Promise<void> {
  for (const object of objects) await admin.find(object);
  for (const object of objects)
    stdout.write(forTerminal(texts.line(await admin.apply(object), object.kind, nameOf(object))));
}

function nextSteps(cluster: string, holders: readonly AccessHolder[], flags: OnboardFlags): string {
  const file = (who: string) => credentialFiles(flags.out, cluster, who).kubeconfig;
  const fixer = holders.length > 1 ? { fixer: { kubeconfig: file('fixer') } } : {};
  const lines = stringify(
    { clusters: { [cluster]: { kubeconfig: file('reader'), ...fixer } } },
    { lineWidth: 0 },
  );
  return `${flags.apply ? texts.configLines(lines) : ''}${texts.renewLine(cluster, renewCommand(cluster, flags))}`;
}

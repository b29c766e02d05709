import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { componentNamespaces } from '../../cluster/views/pod.js';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { type AccessObject, accessObjects, nameOf } from './access-objects.js';
import { type AdminAccess, createAdminAccess } from './admin-access.js';
import { openAdminConnection } from './admin-connection.js';
import { holdersOf } from './onboard.js';
import type { OnboardFlags } from './onboard-flags.js';
import { credentialFiles } from './write-kubeconfig.js';
import { besideOf } from './write-private-file.js';

type OffboardFlags = Pick<OnboardFlags, 'kubeconfig' | 'context' | 'namespace' | 'out' | 'yes'>;

const logNamespaces = componentNamespaces.filter((namespace) => namespace !== 'kube-system');

/** Made only where `onboard` was told of that namespace. */
const isExtra = ({ metadata }: AccessObject): boolean => logNamespaces.includes(metadata.namespace ?? '');

const labelOf = (object: AccessObject): string => `${object.kind} ${nameOf(object)}`;

/** Takes back what `onboard` made, both credentials and their files. A namespace goes only if acknet made it and nothing else is in it. */
export async function offboard(cluster: string, flags: OffboardFlags, runtime: Runtime): CommandResult {
  const { choice, connection } = openAdminConnection(cluster, flags, runtime);
  const say = (text: string) => runtime.stdout.write(forTerminal(text));
  try {
    const admin = createAdminAccess(connection, runtime.stop);
    const kept = await admin.keeps(flags.namespace);
    const objects = [...accessObjects(flags.namespace, holdersOf({ fixes: true, logNamespaces }))]
      .reverse()
      .filter(({ kind }) => kind !== 'Namespace' || kept === undefined);
    const files = filesOf(cluster, flags.out);
    const there = await present(admin, objects);
    const about = { cluster, server: choice.server, objects: there, files };
    if (there.length + files.length === 0) say(texts.nothingToRemove(about));
    else if (await agreed(about, flags, runtime)) {
      for (const object of objects.filter((one) => !isExtra(one) || there.includes(labelOf(one))))
        say(texts.line(await admin.remove(object), object.kind, nameOf(object)));
      if (kept !== undefined) say(texts.kept(flags.namespace, kept));
      for (const file of files) await rm(file).then(() => say(texts.removedFile(file)));
    }
  } finally {
    await connection.close();
  }
  return exitCodes.done;
}

const filesOf = (cluster: string, folder: string): readonly string[] =>
  (['reader', 'fixer'] as const)
    .flatMap((who) => Object.values(credentialFiles(folder, cluster, who)))
    .flatMap((file) => [file, besideOf(file)])
    .filter((file) => existsSync(file));

/** Throws before anything is removed where one of them is somebody else's. */
async function present(admin: AdminAccess, objects: readonly AccessObject[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const object of objects) if ((await admin.find(object)) !== undefined) found.push(labelOf(object));
  return found;
}

async function agreed(
  about: Parameters<typeof texts.goAheadRemoving>[0],
  { yes }: OffboardFlags,
  { stdout, confirm }: Runtime,
): Promise<boolean> {
  stdout.write(forTerminal(texts.aboutToRemove(about)));
  if (yes) return true;
  const answer = await confirm?.(forTerminal(texts.goAheadRemoving(about)));
  if (answer === undefined) throw new AcknetError('usage.invalid', texts.notAsked);
  if (!answer) stdout.write(forTerminal(texts.declined));
  return answer;
}

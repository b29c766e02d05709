import { rm } from 'node:fs/promises';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';
import { exitCodes } from '../exit-codes.js';
import { forTerminal } from '../for-terminal.js';
import type { CommandResult, Runtime } from '../runtime.js';
import { accessObjects } from './access-objects.js';
import { createAdminAccess } from './admin-access.js';
import { openAdminConnection } from './admin-connection.js';
import { holdersOf, nameOf, type OnboardFlags } from './onboard.js';
import { credentialFiles } from './write-kubeconfig.js';

type OffboardFlags = Pick<OnboardFlags, 'kubeconfig' | 'context' | 'namespace' | 'out' | 'yes'>;

/** Takes back what `onboard` made, both credentials and their files. A namespace goes only if acknet made it and nothing runs there. */
export async function offboard(cluster: string, flags: OffboardFlags, runtime: Runtime): CommandResult {
  const objects = [...accessObjects(flags.namespace, holdersOf({ fixes: true }))].reverse();
  const { connection } = openAdminConnection(cluster, flags, runtime);
  const say = (text: string) => runtime.stdout.write(forTerminal(text));
  try {
    if (!flags.yes) {
      const answer = await runtime.confirm?.(forTerminal(texts.goAheadRemoving(cluster)));
      if (answer === undefined) throw new AcknetError('usage.invalid', texts.notAsked);
      if (!answer) {
        say(texts.declined);
        return exitCodes.done;
      }
    }
    const admin = createAdminAccess(connection, runtime.stop);
    for (const object of objects) {
      const keeps = object.kind === 'Namespace' && (await admin.isKept(flags.namespace));
      say(
        keeps
          ? texts.kept(flags.namespace)
          : texts.line(await admin.remove(object), object.kind, nameOf(object)),
      );
    }
    for (const who of ['reader', 'fixer'] as const)
      for (const file of Object.values(credentialFiles(flags.out, cluster, who)))
        await rm(file, { force: true });
  } finally {
    await connection.close();
  }
  return exitCodes.done;
}

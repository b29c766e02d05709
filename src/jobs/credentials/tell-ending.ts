import type { CredentialEnd } from '../../cluster/ports.js';
import type { Logger } from '../../ops/log.js';
import type { CredentialReporter, EndingCredential } from '../ports.js';
import type { ToldStages } from './create-told-stages.js';
import { endingStage } from './ending-stage.js';
import type { Credential } from './read-ends.js';

interface Telling {
  readonly told: ToldStages;
  readonly reporter: CredentialReporter;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** What is so near its own stage that it is told along with another: made together, credentials end within seconds. */
const TOGETHER_MS = 3_600_000;

/** Tells maintainers, in one message, of each credential that reached a stage nobody told of yet. */
export async function tellEnding(
  credentials: readonly (Credential & { readonly ends: CredentialEnd })[],
  { told, reporter, logger, now }: Telling,
): Promise<void> {
  const claimedAt = async (at: Date): Promise<EndingCredential[]> => {
    const claimed: EndingCredential[] = [];
    for (const ending of credentials.flatMap((credential) => endingAt(credential, { at, now: now() })))
      if (await told.claim(ending)) claimed.push(ending);
    return claimed;
  };
  const due = await claimedAt(now());
  if (due.length === 0) return;
  const soon = await claimedAt(new Date(now().getTime() + TOGETHER_MS));
  const all = [...due, ...soon];
  const people = await reporter.ending(all).catch(async (error: unknown) => {
    for (const ending of all) await told.release(ending);
    throw error;
  });
  if (people === 0)
    logger.error({ credentials: all.map(brief) }, 'a credential ends, and no maintainer could be told');
  for (const ending of all) await (people === 0 ? told.release(ending) : told.remember(ending));
}

/** Nothing is called ended before it has. */
function endingAt(
  { cluster, use, ends }: Credential & { readonly ends: CredentialEnd },
  { at, now }: { readonly at: Date; readonly now: Date },
): EndingCredential[] {
  if (!(ends instanceof Date)) return [];
  const stage = endingStage(ends, ends > now && ends <= at ? now : at);
  return stage === undefined ? [] : [{ cluster, use, ends, stage }];
}

const brief = ({ cluster, use, ends }: EndingCredential): string =>
  `${cluster}, ${use}: ${ends.toISOString()}`;

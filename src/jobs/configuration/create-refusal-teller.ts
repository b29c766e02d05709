import type { ConfigState, RefusedConfig } from '../../config/config-state.js';
import type { Logger } from '../../ops/log.js';
import type { ConfigReporter } from '../ports.js';
import type { ToldRefusals } from './create-told-refusals.js';

interface Telling {
  readonly told: ToldRefusals;
  readonly reporter: ConfigReporter;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Between two tries where nobody could be told. */
const AGAIN_MS = 60_000;

/**
 * Tells of each state it is shown what was not told yet. That files are taken again, a worker tells that refused them
 * itself, or that was started since: to another one the refused ones may not have come yet.
 */
export function createRefusalTeller({ told, reporter, logger, now }: Telling) {
  let settled: string | undefined;
  let mayTellTaken = true;
  let quietUntil = 0;

  async function tellRefused({ digest, faults }: RefusedConfig): Promise<void> {
    mayTellTaken = true;
    if (settled === digest || now().getTime() < quietUntil) return;
    const spell = await told.spell();
    if (!spell.told.has(digest)) {
      quietUntil = now().getTime() + AGAIN_MS;
      if ((await reporter.refused(`${spell.number}:${digest}`, faults)) === 0)
        return logger.error({}, 'a changed configuration is refused, and no maintainer could be told');
      await told.remember(spell.number, digest);
    }
    settled = digest;
    quietUntil = 0;
  }

  async function tellTaken(inUse: string): Promise<void> {
    settled = undefined;
    if (!mayTellTaken || now().getTime() < quietUntil) return;
    const spell = await told.spell();
    if (spell.told.size > 0 && !spell.told.has(inUse)) {
      quietUntil = now().getTime() + AGAIN_MS;
      if ((await reporter.taken(`${spell.number}`)) === 0) return;
      await told.end(spell.number);
    }
    mayTellTaken = false;
    quietUntil = 0;
  }

  return ({ digest, refused }: ConfigState): Promise<void> =>
    refused === undefined ? tellTaken(digest) : tellRefused(refused);
}

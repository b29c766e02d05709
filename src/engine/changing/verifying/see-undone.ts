import { listed } from '../../../checks/listed.js';
import { mask } from '../../../masking/mask.js';
import type { Proposal } from '../../../proposals/proposal.js';
import { isRestart } from '../../../proposals/step.js';
import type { ApplyPorts } from '../apply-run.js';
import { readyNow, readyText } from '../ready-now.js';
import type { Sight } from './judge-check.js';

/**
 * Every value was read back when its roll-out had ended, which is all that an undo is for. It says what that came to:
 * nodes that were NotReady before the fix take a while to be so again.
 */
export async function seeUndone(
  { access, signal, store }: Pick<ApplyPorts, 'access' | 'signal' | 'store'>,
  undo: Proposal,
): Promise<Sight> {
  const fix = undo.undoes === undefined ? undefined : await store.get(undo.undoes);
  const restarted = undo.steps.filter(isRestart).map(({ node }) => node);
  const begun = (fix?.steps ?? []).filter(isRestart).filter(({ state }) => state !== 'pending');
  const before = begun.filter(({ wasReady }) => wasReady === 'False').map(({ node }) => node);
  const kept = begun.map(({ node }) => node).filter((node) => !restarted.includes(node));
  const now = await readyNow(access.reader(signal));
  const parts = [
    'Put back.',
    readyText(now, before),
    kept.length === 0
      ? ''
      : `What the fix wrote stays in effect until their pods restart on: ${listed(kept)}.`,
  ];
  const awaited = before.filter((node) => restarted.includes(node));
  const early = typeof now !== 'string' && awaited.some((node) => !now.notReady.includes(node));
  return { outcome: 'fixed', detail: mask(parts.filter((part) => part !== '').join(' ')), early };
}

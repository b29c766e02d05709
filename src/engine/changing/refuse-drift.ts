import type { Step } from '../../proposals/step.js';
import { readObject } from '../planning/object-state.js';
import { movedFields, objectWrites, standingOf } from '../planning/object-writes.js';
import { type ApplyRun, Ended, isoNow, recordStep } from './apply-run.js';

/**
 * Before a pod is restarted or evicted: what was written must still stand, or pods would come back with what nobody
 * approved. A step that a killed worker had begun then has an open outcome.
 */
export async function refuseDrift(run: ApplyRun, next: Step): Promise<void> {
  const writes = objectWrites(run.proposal.changes);
  if (writes.some(({ id }) => id === next.id)) return;
  for (const write of writes) {
    const state = await readObject(run.reader, write.about);
    if (standingOf(write, state) === 'after') continue;
    const moved = movedFields(write, state, 'to').join('; ');
    const detail = `${moved} was changed by someone else after acknet wrote it, so nothing more was restarted.`;
    if (next.state !== 'started') throw new Ended('failed', detail);
    await recordStep(run, { ...next, state: 'unknown', endedAt: isoNow(run), detail });
    throw new Ended('unknown', `${detail} "${next.title}" had been begun: look there.`);
  }
}

import type { CheckRun } from '../../../engine/checking/check-run.js';
import type { IncidentFound } from '../../../jobs/ports.js';
import { alertTexts } from '../../../texts/alerts.js';
import { type Verdict, verdictState, verdictWords } from '../../../texts/verdict.js';
import { areaTitles } from '../../checks/views/progress.js';
import { context, section } from '../../kit/blocks.js';
import type { KnownBlock } from '../../kit/message.js';
import { bold, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { foundSummary } from './found-summary.js';
import type { IncidentView } from './incident-view.js';

const CAUSES = 3;
const HEAD = 600;

/** What acknet found, or why it did not look; never that nothing is wrong while something fires. */
export function foundBlocks({ incident, found, isChecked }: IncidentView): KnownBlock[] {
  const { looked, resolvedAt } = incident;
  const result =
    found !== undefined
      ? resultBlocks(found, resolvedAt === undefined)
      : looked?.failed !== undefined
        ? [section(`:warning: ${literalUpTo(alertTexts.notChecked(looked.failed), 900)}`)]
        : looked !== undefined
          ? [section(alertTexts.notKept)]
          : [];
  return [...result, ...(isChecked ? [context(`:hourglass_flowing_sand: ${alertTexts.checking}`)] : [])];
}

function resultBlocks(found: IncidentFound, isFiring: boolean): KnownBlock[] {
  const { verdict, causes } = foundSummary(found);
  const more = causes.length - CAUSES;
  const lines = [
    bold(literalUpTo(headOf(verdict), HEAD)),
    ...causes.slice(0, CAUSES).map((line) => `• ${literalUpTo(line, 300)}`),
    ...(more > 0 ? [alertTexts.more(more)] : []),
    ...(isFiring && verdictState(verdict) !== 'found' ? [alertTexts.elsewhere] : []),
  ];
  const ruledOut = ruledOutAreas(found.run);
  return [
    section(lines.join('\n')),
    context(
      ...(ruledOut.length === 0 ? [] : [alertTexts.ruledOut(ruledOut)]),
      ...(verdict.unread === 0 ? [] : [`:grey_question: ${alertTexts.unread(verdict.unread)}`]),
      alertTexts.thread(found.offers.length),
    ),
  ];
}

/** A check that does not apply has found nothing out. */
function headOf(verdict: Verdict): string {
  const words = verdictWords(verdict);
  return verdict.outcome === 'not-applicable' ? alertTexts.notChecked(words) : alertTexts.found(words);
}

/** Areas of which something was looked at, all of it was readable, and nothing was found. */
function ruledOutAreas({ checks }: CheckRun): string[] {
  return Object.entries(areaTitles).flatMap(([area, title]) => {
    const own = checks.filter((check) => check.area === area);
    const clear = own.filter(({ outcome }) => outcome === 'clear').length;
    const open = own.some(({ outcome }) => outcome === 'found' || outcome === 'unknown');
    return clear === 0 || open ? [] : [alertTexts.area(title, clear)];
  });
}

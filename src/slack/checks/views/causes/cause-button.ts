import type { Button } from '@slack/types';
import { labelOf } from '../../../../cluster/object-label.js';
import { checkTexts } from '../../../../texts/checks.js';
import { actionIds } from '../../../kit/action-ids.js';
import { encodeValue } from '../../../kit/action-values.js';
import { button } from '../../../kit/blocks.js';
import { causeLine, offersFor, type ResultView, type RunCause, refusalsFor } from '../result-view.js';

const { buttons } = checkTexts;

/** Whether something can be done about a cause from here. */
export const isFixable = (view: ResultView, cause: RunCause): boolean =>
  offersFor(view, cause).length > 0 ||
  refusalsFor(view, cause).some(({ needsParams }) => needsParams === true);

/** The one thing to do about a cause: review its fix, prepare one, read what to do, or read what was seen. */
export function causeButton(view: ResultView, cause: RunCause): Button {
  const offers = offersFor(view, cause);
  const [offer] = offers;
  const label = (text: string) => checkTexts.buttons.on(text, causeLine(cause));
  if (offer !== undefined) {
    const text = offers.length > 1 ? buttons.reviewFixes : buttons.reviewFix;
    const to = {
      value: encodeValue('proposal', offer.proposal),
      style: 'primary' as const,
      label: label(text),
    };
    return offer.link === undefined
      ? button(text, { action: actionIds.reviewFix, ...to })
      : button(text, { action: actionIds.openCard, ...to, url: offer.link });
  }
  const asked = refusalsFor(view, cause).find(({ needsParams }) => needsParams === true);
  if (asked !== undefined)
    return button(buttons.prepareFix, {
      action: `${actionIds.startFix}:0`,
      value: encodeValue('fix', {
        r: view.runId,
        f: asked.finding,
        m: asked.remediation,
        a: asked.about && labelOf(asked.about),
      }),
      label: label(buttons.prepareFix),
    });
  const entry = cause.findings[0]?.intent;
  const known = entry !== undefined && view.entries.has(entry);
  return button(known ? buttons.howTo : buttons.explain, {
    action: known ? actionIds.howTo : actionIds.explainCause,
    value: encodeValue('finding', { r: view.runId, f: cause.id }),
    label: label(known ? buttons.howTo : buttons.explain),
  });
}

import type { Person } from '../../proposals/proposal.js';
import { kitTexts } from '../../texts/kit.js';
import { mentionUser } from './writing/mrkdwn.js';

/** Who asked, in the middle of a sentence; nobody = an alert did. */
export const askerText = (user: string | undefined): string =>
  user === undefined ? kitTexts.anAlert : mentionUser(user);

/** Calls who asked at the beginning of a line; calls nobody where nobody did. */
export const calling = (who: Person | undefined): string =>
  who === undefined ? '' : `${mentionUser(who.user)} `;

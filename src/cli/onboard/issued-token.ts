import { text } from '../../cluster/fields.js';
import type { JsonObject } from '../../cluster/ports.js';
import { AcknetError } from '../../errors.js';
import { onboardTexts as texts } from '../../texts/onboard.js';

export interface IssuedToken {
  readonly token: string;
  /** When it ends: the server may give less than was asked for. */
  readonly ends: Date;
}

/** What a TokenRequest was answered with. Nobody could be warned before a token ends whose end is not known. */
export function tokenIn(answer: JsonObject, account: string): IssuedToken {
  const token = text(answer, 'status', 'token');
  if (!token) throw new AcknetError('cluster.malformed', texts.noToken(account));
  const ends = new Date(text(answer, 'status', 'expirationTimestamp') ?? Number.NaN);
  if (Number.isNaN(ends.getTime())) throw new AcknetError('cluster.malformed', texts.noEnd(account));
  return { token, ends };
}

import { AcknetError } from '../errors.js';

/** For `throw refuse('why', 'what is possible instead')`. */
export const refuse = (reason: string, hint?: string): AcknetError =>
  new AcknetError('plan.refused', reason, hint === undefined ? {} : { hint });

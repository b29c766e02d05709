import { isAcknetError } from '../../errors.js';
import { errorView } from '../kit/notices.js';
import { ephemeralReply } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import type { SlackServices } from '../slack-services.js';
import type { PersonMessage } from './message-events.js';

/** Bolt acknowledged the event before we saw it, so nobody delivers it again: whoever spoke to acknet is told of a fault. */
export async function sayFaults(
  services: Pick<SlackServices, 'client' | 'logger'>,
  { channel, user, thread_ts: threadTs }: PersonMessage,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const level = isAcknetError(error) ? 'warn' : 'error';
    services.logger[level]({ err: error, channel }, 'a message could not be taken');
    await ephemeralReply(services, { channel, user, threadTs }, inPerson(services, user))(errorView(error));
  }
}

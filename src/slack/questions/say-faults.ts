import { isAcknetError } from '../../errors.js';
import type { Logger } from '../../ops/log.js';
import { errorView } from '../kit/notices.js';
import { ephemeralReply } from '../listeners/ephemeral-reply.js';
import { inPerson } from '../listeners/in-person.js';
import type { Poster } from '../wire/create-poster.js';
import type { PersonMessage } from './message-events.js';

export interface FaultPorts {
  readonly poster: Pick<Poster, 'say' | 'whisper'>;
  readonly logger: Logger;
}

/** Bolt acknowledged the event before we saw it, so nobody delivers it again: whoever spoke to acknet is told of a fault. */
export async function sayFaults(
  ports: FaultPorts,
  { channel, user, thread_ts: threadTs }: PersonMessage,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const fault = { err: error, channel };
    if (isAcknetError(error)) ports.logger.warn(fault, 'a message could not be taken');
    else ports.logger.error(fault, 'a message could not be taken');
    await ephemeralReply(ports, { channel, user, threadTs }, inPerson(ports, user))(errorView(error));
  }
}

import type { Logger } from '../../ops/log.js';
import type { SlackMessage } from '../kit/message.js';
import type { Poster } from '../wire/create-poster.js';

export interface EphemeralPorts {
  readonly poster: Pick<Poster, 'whisper'>;
  readonly logger: Logger;
}

interface EphemeralPlace {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string | undefined;
}

/** Says something to one person, in the thread they are in, or else in the `otherwise` way. */
export function ephemeralReply(
  { poster, logger }: EphemeralPorts,
  place: EphemeralPlace,
  otherwise?: (message: SlackMessage) => Promise<unknown>,
) {
  return async (...messages: readonly SlackMessage[]): Promise<void> => {
    for (const message of messages) {
      await poster.whisper(place, message).catch(async (error: unknown) => {
        logger.warn({ err: error, channel: place.channel }, 'ephemeral not delivered');
        await otherwise?.(message);
      });
    }
  };
}

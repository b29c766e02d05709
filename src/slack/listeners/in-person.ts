import type { SlackMessage } from '../kit/message.js';
import type { Poster } from '../wire/create-poster.js';

/** The last way to someone: direct messages, which need no channel, trigger or response_url. */
export const inPerson =
  ({ poster }: { readonly poster: Pick<Poster, 'say'> }, user: string) =>
  async (...messages: readonly SlackMessage[]): Promise<void> => {
    for (const message of messages) await poster.say({ channel: user }, message);
  };

import type { Config } from '../../config/config.js';
import type { Logger } from '../../ops/log.js';
import type { Directory } from '../../proposals/ports.js';
import type { SlackMessage } from '../kit/message.js';
import type { Poster } from '../wire/create-poster.js';

export interface MaintainerParts {
  readonly config: Pick<Config, 'maintainers'>;
  readonly directory: Directory;
  readonly poster: Pick<Poster, 'post'>;
  readonly logger: Logger;
}

interface Told {
  readonly about: 'credentials' | 'config-refused' | 'config-taken';
  /** The same for what is the same message, however often it is told. */
  readonly key: string;
  readonly message: SlackMessage;
}

/** Each maintainer in their direct messages: which channel is read by whom, acknet does not know. How many were told. */
export async function tellMaintainers(
  { config, directory, poster, logger }: MaintainerParts,
  { about, key, message }: Told,
): Promise<number> {
  const membersOf = (group: string): Promise<readonly string[]> =>
    directory.groupMembers(group).catch((err: unknown) => {
      logger.error({ err, group, about }, 'maintainers of a group cannot be told');
      return [];
    });
  const { users, groups } = config.maintainers;
  const people = new Set([...users, ...(await Promise.all(groups.map(membersOf))).flat()]);
  let told = 0;
  for (const user of people)
    await poster.post(`${about}:${user}:${key}`, { channel: user }, message).then(
      () => {
        told += 1;
      },
      (err: unknown) => logger.error({ err, user, about }, 'a maintainer cannot be told'),
    );
  return told;
}

import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.js';
import type { CredentialReporter, EndingCredential } from '../../jobs/ports.js';
import type { Logger } from '../../ops/log.js';
import type { Directory } from '../../proposals/ports.js';
import type { Poster } from '../wire/create-poster.js';
import { endingView } from './ending-view.js';

interface ReporterOptions {
  readonly config: Pick<Config, 'maintainers'>;
  readonly directory: Directory;
  readonly poster: Pick<Poster, 'post'>;
  readonly logger: Logger;
}

/** Tells each maintainer in their direct messages: which channel is read by whom, acknet does not know. */
export function createCredentialReporter({
  config,
  directory,
  poster,
  logger,
}: ReporterOptions): CredentialReporter {
  const membersOf = (group: string): Promise<readonly string[]> =>
    directory.groupMembers(group).catch((err: unknown) => {
      logger.error({ err, group }, 'maintainers of a group cannot be told that a credential ends');
      return [];
    });
  return {
    async ending(endings) {
      const { users, groups } = config.maintainers;
      const people = new Set([...users, ...(await Promise.all(groups.map(membersOf))).flat()]);
      let told = 0;
      for (const user of people) {
        const key = `credentials:${user}:${digestOf(endings)}`;
        await poster.post(key, { channel: user }, endingView(endings)).then(
          () => {
            told += 1;
          },
          (err: unknown) => logger.error({ err, user }, 'a maintainer cannot be told that a credential ends'),
        );
      }
      return told;
    },
  };
}

const digestOf = (endings: readonly EndingCredential[]): string =>
  createHash('sha256').update(JSON.stringify(endings)).digest('hex').slice(0, 32);

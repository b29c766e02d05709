import { createHash } from 'node:crypto';
import type { CredentialReporter, EndingCredential } from '../../jobs/ports.js';
import { endingView } from './ending-view.js';
import { type MaintainerParts, tellMaintainers } from './tell-maintainers.js';

export function createCredentialReporter(parts: MaintainerParts): CredentialReporter {
  return {
    ending: (endings) =>
      tellMaintainers(parts, {
        about: 'credentials',
        key: digestOf(endings),
        message: endingView(endings),
      }),
  };
}

const digestOf = (endings: readonly EndingCredential[]): string =>
  createHash('sha256').update(JSON.stringify(endings)).digest('hex').slice(0, 32);

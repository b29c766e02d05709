import { AcknetError } from '../../../errors.js';
import { list, text } from '../../fields.js';
import type { JsonObject, Resource } from '../../ports.js';
import { compareVersions, parseVersion } from '../../identity/versions.js';
import { apiVersionOf } from '../api-paths.js';
import { readObject } from './read-object.js';
import type { RetryingReads } from './retrying-reads.js';
import { readVersion } from './server-version.js';

type ApiKind = Pick<Resource<unknown>, 'group' | 'version' | 'plural' | 'since'>;

/** APIs that belong to Kubernetes itself, and the version from which every server has them. */
const builtInSince: Readonly<Record<string, string>> = {
  v1: '1.0',
  'apps/v1': '1.9',
  'networking.k8s.io/v1': '1.7',
  'discovery.k8s.io/v1': '1.21',
  'policy/v1': '1.21',
};

/**
 * The fault that a 404 for a whole API is: `cluster.not-found` where the server's discovery says that it does not serve it
 * (a CRD that nobody installed, an old server), else `cluster.malformed`. Discovery that makes no sense is a fault too.
 */
export async function faultOfMissingApi(
  reads: RetryingReads,
  resource: ApiKind,
  error: AcknetError,
): Promise<AcknetError> {
  if (await isServed(reads, resource)) return error;
  const name = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  return new AcknetError(
    'cluster.not-found',
    `Cluster ${reads.cluster}: the API server does not serve ${name}.`,
  );
}

async function isServed(reads: RetryingReads, resource: ApiKind): Promise<boolean> {
  const groupVersion = apiVersionOf(resource);
  if (groupVersion === 'v1') return true;
  const since = builtInSince[groupVersion];
  const listed = (await groupVersions(reads)).has(groupVersion);
  if (since !== undefined && resource.since === undefined)
    return listed || isAtLeastVersion(await readVersion(reads), since);
  return listed && (await pluralsOf(reads, groupVersion)).has(resource.plural);
}

/** An unknown version is taken for a new one: it does not excuse that something is missing. */
function isAtLeastVersion({ gitVersion }: { gitVersion: string }, floor: string): boolean {
  const [version, least] = [parseVersion(gitVersion), parseVersion(floor)];
  return version === undefined || least === undefined || compareVersions(version, least) >= 0;
}

/** There is no API server without `apps/v1`: a list without it is no list of its groups. */
async function groupVersions(reads: RetryingReads): Promise<ReadonlySet<string>> {
  const namesIn = (answer: JsonObject) =>
    list(answer, 'groups').flatMap((group) =>
      list(group, 'versions').flatMap((version) => text(version, 'groupVersion') ?? []),
    );
  const answer = await readObject(
    reads,
    { path: '/apis' },
    {
      wanted: 'the list of API groups',
      is: (value) => value.kind === 'APIGroupList' && namesIn(value).includes('apps/v1'),
    },
  );
  return new Set(namesIn(answer));
}

async function pluralsOf(reads: RetryingReads, groupVersion: string): Promise<ReadonlySet<string>> {
  const namesIn = (answer: JsonObject) =>
    list(answer, 'resources').flatMap((entry) => text(entry, 'name') ?? []);
  const answer = await readObject(
    reads,
    { path: `/apis/${groupVersion}` },
    {
      wanted: `the list of what ${groupVersion} holds`,
      is: (value) =>
        value.kind === 'APIResourceList' &&
        value.groupVersion === groupVersion &&
        namesIn(value).length > 0 &&
        namesIn(value).length === list(value, 'resources').length,
    },
  );
  return new Set(namesIn(answer));
}

import type { ClusterConfig, FileConfig } from '../config/config.js';
import type { Directory } from '../proposals/ports.js';
import type { Person, Proposal } from '../proposals/proposal.js';
import { samePerson } from './same-person.js';

export type Action = 'ask' | 'approve' | 'reject' | 'abort' | 'undo' | 'maintain' | 'mute';

/** Slack user and user group ids; both empty = nobody. */
export interface Entitled {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** `reason` is plain text without mentions; `entitled` says who could, where that helps. */
export type Authorisation =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly entitled?: Entitled | undefined;
      /** Slack could not be asked: a later try may be answered otherwise. */
      readonly undecided?: true;
    };

export type PolicyConfig = Pick<FileConfig, 'clusters' | 'maintainers' | 'people'>;

interface Authority {
  readonly config: PolicyConfig;
  readonly directory: Directory;
  readonly now: () => Date;
}

interface Request {
  readonly action: Action;
  readonly who: Person;
  /** Needed for everything but `maintain`. */
  readonly cluster?: string | undefined;
  /** The change it is about. */
  readonly proposal?: Proposal | undefined;
  /** What that change undoes. */
  readonly original?: Proposal | undefined;
}

/**
 * The one place that says who may do what: for buttons, modals, commands, and again before the write. Whatever
 * cannot be read is a no.
 */
export async function authorise(authority: Authority, request: Request): Promise<Authorisation> {
  const standing = await standingOf(authority, request.who);
  if (standing !== true) return standing;
  if (request.action === 'maintain') return listed(authority, request.who, maintainersOf(authority.config));

  const cluster = clusterOf(authority.config, request.cluster);
  if (!cluster) return refuse(`No cluster named ${request.cluster ?? '(none)'} is configured.`);
  if (request.action === 'ask') return mayAsk(authority, request.who, cluster);

  const barred = changesBarred(cluster, request.action, authority.now());
  if (barred !== undefined) return refuse(barred);
  const approver = await listed(authority, request.who, approversOf(cluster.approvers, request.cluster));
  if (request.action === 'undo' && !approver.ok) return mayAsk(authority, request.who, cluster);
  return approver.ok ? selfApproval(authority, cluster, request) : approver;
}

/** Absent askers = every full member may. */
async function mayAsk(authority: Authority, who: Person, { askers }: ClusterConfig): Promise<Authorisation> {
  return askers ? listed(authority, who, askersOf(askers)) : { ok: true };
}

const refuse = (reason: string, entitled?: Entitled): Authorisation => ({
  ok: false,
  reason,
  entitled,
});

const undecided = (what: string): Authorisation => ({
  ok: false,
  reason: `Slack could not say ${what}, so this is refused. Try again in a minute.`,
  undecided: true,
});

/** `true`, or why this account may do nothing here whatever the lists say. */
async function standingOf({ directory }: Authority, who: Person): Promise<true | Authorisation> {
  try {
    const [person, home] = await Promise.all([directory.person(who), directory.homeTeam()]);
    if (!person) return refuse('Slack does not know this account.');
    // Slack names a stranger's own workspace; an account without one is told by where the request came from.
    if (who.team !== home || (person.team !== '' && person.team !== home))
      return refuse('Only members of this workspace can do that.');
    if (person.bot) return refuse('Bots cannot do that.');
    if (!person.active) return refuse('This account is deactivated.');
    if (person.guest) return refuse('Guests cannot do that.');
    return true;
  } catch {
    return undecided('who you are');
  }
}

interface ListedPeople extends Entitled {
  /** Said when someone else tries, or when nobody is listed. */
  readonly only: string;
  readonly nobody: string;
}

const maintainersOf = ({ maintainers }: PolicyConfig): ListedPeople => ({
  ...maintainers,
  only: 'Only maintainers of acknet can do that.',
  nobody: 'Nobody can do that: acknet.yaml names no maintainers.',
});
const askersOf = (askers: Entitled): ListedPeople => ({
  ...askers,
  only: 'Not everybody may ask about this cluster.',
  nobody: 'Nobody may ask about this cluster: its askers in acknet.yaml are empty.',
});
const approversOf = (approvers: Entitled, cluster = ''): ListedPeople => ({
  ...approvers,
  only: `Only approvers of ${cluster} can do that.`,
  nobody: `Nobody can do that: acknet.yaml names no approvers for ${cluster}.`,
});

async function listed({ directory }: Authority, who: Person, people: ListedPeople): Promise<Authorisation> {
  const { users, groups } = people;
  if (users.includes(who.user)) return { ok: true };
  if (users.length + groups.length === 0) return refuse(people.nobody, { users, groups });
  try {
    for (const group of groups) {
      if ((await directory.groupMembers(group)).includes(who.user)) return { ok: true };
    }
  } catch {
    return undecided('who is in the user group');
  }
  return refuse(people.only, { users, groups });
}

function clusterOf(config: PolicyConfig, name: string | undefined): ClusterConfig | undefined {
  return name !== undefined && Object.hasOwn(config.clusters, name) ? config.clusters[name] : undefined;
}

/** Why no change can be offered for a cluster at all, whoever asks; undefined = it can. */
export function closedToChanges(cluster: ClusterConfig): string | undefined {
  if (cluster.readOnly) return 'This cluster is read-only: acknet changes nothing there.';
  if (!cluster.fixer) return 'acknet has no credential to change this cluster with.';
  return undefined;
}

/** Stopping and refusing a change stay possible when changing is not. */
function changesBarred(cluster: ClusterConfig, action: Action, now: Date): string | undefined {
  if (action !== 'approve' && action !== 'undo') return undefined;
  const closed = closedToChanges(cluster);
  if (closed !== undefined) return closed;
  const freeze = cluster.freezes.find(
    ({ from, to }) => Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(to),
  );
  return freeze && `Changes are frozen until ${freeze.to}: ${freeze.why}.`;
}

function selfApproval(authority: Authority, cluster: ClusterConfig, request: Request): Authorisation {
  if (request.action !== 'approve' || cluster.policy.selfApproval) return { ok: true };
  const { requestedBy, undoAskedBy } = request.proposal ?? {};
  const isTheirs = (asker: Person | undefined): boolean =>
    asker !== undefined && samePerson(authority.config.people, asker, request.who);
  if (!isTheirs(requestedBy) && !isTheirs(undoAskedBy)) return { ok: true };
  if (mayRepair(authority.config, request)) return { ok: true };
  const what = isTheirs(undoAskedBy) ? 'pressed Undo' : 'asked for this change';
  return refuse(`You ${what}, so someone else must approve it.`, cluster.approvers);
}

/** After a roll-out that went wrong, whoever approved it may put it back alone. */
export function mayRepair(
  config: PolicyConfig,
  { who, original }: Pick<Request, 'who' | 'original'>,
): boolean {
  if (!original || !(['failed', 'aborted', 'unknown'] as const).some((state) => state === original.state))
    return false;
  return original.votes.some((vote) => vote.decision === 'approve' && samePerson(config.people, vote, who));
}

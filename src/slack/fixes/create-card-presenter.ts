import { type Entitled, mayRepair } from '../../approvals/authorise.js';
import type { Config } from '../../config/config.js';
import { AcknetError } from '../../errors.js';
import type { Intent } from '../../intents/intent.js';
import type { CardPresenter } from '../../jobs/ports.js';
import { mayBeUndone } from '../../proposals/may-be-undone.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { NAMED } from '../kit/entitled.js';
import type { Posting } from '../kit/message.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import type { Poster } from '../wire/create-poster.js';
import { parameterFields } from './parameter-fields.js';
import { restartOfLeft } from './restart-of-left.js';
import { cameBackView } from './views/came-back.js';
import { cardView } from './views/card/card.js';
import { lostCardView } from './views/lost-card.js';
import { refusedCardView } from './views/refused-card.js';

interface PresenterPorts {
  readonly catalogue: Pick<IntentCatalogue, 'get'>;
  readonly config: Pick<Config, 'auditKey' | 'clusters' | 'fixes' | 'maintainers' | 'people'>;
  readonly store: Pick<ProposalStore, 'get'>;
  readonly poster: Poster;
  readonly remediations: readonly Remediation[];
  /** Whether this card calls the approvers; the later ones of a thread name them only. */
  readonly calls: (proposal: Proposal) => Promise<boolean>;
  readonly names: (entitled: Entitled) => Promise<ReadonlyMap<string, string>>;
}

/** Cards as Slack messages: posted once, then edited to match the proposal's state. */
export function createCardPresenter(ports: PresenterPorts): CardPresenter {
  const { poster } = ports;
  return {
    async show(proposal) {
      const view = await render(ports, proposal);
      const at = await place(ports, proposal, view);
      const thread = proposal.thread?.threadTs ?? at.ts;
      await sayMoved(ports, proposal);
      await poster.follow(keyOf(proposal), { channel: at.channel, threadTs: thread }, view);
      return at;
    },

    async cameBack(proposal, care) {
      const threadTs = proposal.thread?.threadTs ?? proposal.card?.ts;
      const channel = proposal.thread?.channel ?? proposal.card?.channel;
      if (channel === undefined) return;
      const key = `care:${proposal.id}:${care.hours}`;
      await poster.post(key, { channel, threadTs }, cameBackView(proposal, care));
    },

    async lost(known) {
      const view = lostCardView(known);
      const key = `lost:${known.id}`;
      if (known.card !== undefined) await poster.update(known.card, view);
      const threadTs = known.thread?.threadTs ?? known.card?.ts;
      const channel = known.thread?.channel ?? known.card?.channel;
      // An edit notifies nobody; this does.
      if (channel !== undefined) await poster.post(key, { channel, threadTs }, view);
    },

    async refuse(id, { doubt, card }) {
      const at = card ?? (await poster.find(`card:${id}`));
      if (at !== undefined) await poster.update(at, refusedCardView(id, doubt));
    },
  };
}

/** One that goes to a newer result is posted there, with its files. */
const keyOf = ({ id, cardBefore }: Pick<Proposal, 'id' | 'cardBefore'>): string =>
  `card:${id}${cardBefore === undefined ? '' : `:after:${cardBefore.ts}`}`;

async function place({ poster }: PresenterPorts, proposal: Proposal, view: Posting): Promise<MessageRef> {
  const key = keyOf(proposal);
  const posted = proposal.card ?? (await poster.find(key));
  if (posted !== undefined && (await poster.update(posted, view.first))) return posted;
  if (proposal.thread === undefined)
    throw new AcknetError('proposal.unknown', fixTexts.noThread(proposal.id));
  const { channel, threadTs } = proposal.thread;
  // Deleted by someone: a card under way must not vanish.
  return poster.post(
    posted === undefined ? key : `${key}:after:${posted.ts}`,
    { channel, threadTs },
    view.first,
  );
}

/** In place of the message that a newer check left behind: what a card says that a newer one has replaced. */
async function sayMoved(ports: PresenterPorts, proposal: Proposal): Promise<void> {
  const { cardBefore } = proposal;
  if (cardBefore === undefined) return;
  const left: Proposal = { ...proposal, state: 'superseded', votes: [], detail: fixTexts.movedOn };
  await ports.poster.update(cardBefore, (await render(ports, left)).first);
}

async function render(ports: PresenterPorts, proposal: Proposal): Promise<Posting> {
  const { catalogue, config, remediations } = ports;
  const remediation = remediations.find(({ id }) => id === proposal.remediation);
  const cluster = config.clusters[proposal.cluster];
  const approvers = cluster?.approvers ?? { users: [], groups: [] };
  return cardView({
    proposal,
    approvers,
    names: await namesOf(ports, proposal, approvers),
    selfApproval: cluster?.policy.selfApproval === true,
    repairs: await mayPresserRepair(ports, proposal),
    sealed: config.auditKey !== undefined,
    undoable: mayBeUndone(proposal),
    resumable: restartOfLeft(remediations, proposal) !== undefined,
    podReadySeconds: config.fixes.podReadySeconds,
    remedy: remediation,
    entry: entryOf(catalogue.get(proposal.intent)),
    hasParameters:
      remediation !== undefined && parameterFields(remediation.params, proposal.params).length > 0,
  });
}

/** Where it cannot be told, the card says what holds for everybody. */
async function mayPresserRepair(
  { config, store }: PresenterPorts,
  { state, undoes, undoAskedBy }: Proposal,
): Promise<boolean> {
  if (state !== 'proposed' || undoes === undefined || undoAskedBy === undefined) return false;
  const original = await store.get(undoes).catch(() => undefined);
  return mayRepair(config, { who: undoAskedBy, original });
}

/** Only a card that waits says who may approve it; one that nobody asked for, but an alert, calls none of them. */
async function namesOf(
  { calls, names }: PresenterPorts,
  proposal: Proposal,
  approvers: Entitled,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (proposal.state !== 'proposed') return undefined;
  if (proposal.requestedBy !== undefined && (await calls(proposal))) return undefined;
  return names({ users: approvers.users.slice(0, NAMED), groups: approvers.groups.slice(0, NAMED) });
}

const entryOf = (intent: Intent | undefined): { title: string; url: string } | undefined => {
  const [link] = intent?.links ?? [];
  return intent === undefined || link === undefined ? undefined : { title: intent.title, url: link.url };
};

import { trafficWords } from '../../checks/judging/named-path.js';
import { notVisibleIn } from '../../engine/checking/check-report.js';
import type { CheckOutcome } from '../../jobs/ports.js';
import type { CheckJob } from '../../jobs/queues/payloads.js';
import type { MessageRef, Proposal } from '../../proposals/proposal.js';
import { checkTexts, pathTexts } from '../../texts/checks.js';
import type { Posting } from '../kit/message.js';
import type { IntentCatalogue } from '../questions/intent-catalogue.js';
import { tellApartView } from '../questions/views/tell-apart.js';
import { fixNote } from './views/fix-note.js';
import { resultView } from './views/result.js';
import type { FixOffer, ResultView } from './views/result-view.js';

export interface RenderPorts {
  readonly catalogue: Pick<IntentCatalogue, 'all' | 'pick'>;
  /** The address of a message; undefined where Slack tells none. */
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

/** The result of a check, and what follows it in its thread. */
export async function renderResult(
  ports: RenderPorts,
  job: CheckJob,
  result: CheckOutcome,
): Promise<Posting> {
  return postingOf(ports, job, { result, view: await viewOf(ports, job, result) });
}

/** The same of a view that is there already. */
export function postingOf(
  { catalogue }: Pick<RenderPorts, 'catalogue'>,
  job: CheckJob,
  { result, view }: { readonly result: CheckOutcome; readonly view: ResultView },
): Posting {
  const posting = resultView(view);
  if (job.entries === undefined || job.entries.length === 0) return posting;
  const [first = posting.first, ...more] = tellApartView(result.run, catalogue.pick(job.entries), job.runId);
  return { first, more: [...more, ...posting.more], files: posting.files };
}

/** What a result is made of. */
export async function viewOf(
  { catalogue, permalink }: RenderPorts,
  job: CheckJob,
  result: CheckOutcome,
): Promise<ResultView> {
  return {
    runId: job.runId,
    run: result.run,
    requestedBy: job.requestedBy?.user,
    scope: scopeText(job),
    changes: result.changes,
    muted: result.muted,
    refusals: result.refusals,
    notes: result.ended?.map(fixNote),
    offers: await Promise.all(result.proposals.flatMap((proposal) => offerOf(proposal, permalink))),
    entries: new Map(catalogue.all.map((intent) => [intent.id, intent])),
    blind: notVisibleIn(result.run, catalogue.all).length,
  };
}

function offerOf({ id, finding, card }: Proposal, permalink: RenderPorts['permalink']): Promise<FixOffer>[] {
  if (finding === undefined) return [];
  const link = card === undefined ? Promise.resolve(undefined) : permalink(card);
  return [
    link.then((address) => ({ proposal: id, finding: finding.id, about: finding.about, link: address })),
  ];
}

function scopeText({ scope, checks, entries }: CheckJob): string | undefined {
  const parts = [
    ...(scope.namespaces.length > 0 ? [checkTexts.scope.namespaces(scope.namespaces.join(', '))] : []),
    ...(scope.node === undefined ? [] : [checkTexts.scope.node(scope.node)]),
    ...(scope.path === undefined
      ? []
      : [pathTexts.scope({ ...scope.path, traffic: trafficWords(scope.path) })]),
    ...(checks.length > 0 && entries === undefined && checks.length <= 3 ? [checks.join(', ')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

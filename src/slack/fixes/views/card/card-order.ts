import type { Json, ObjectRef } from '../../../../cluster/ports.js';
import type { Proposal } from '../../../../proposals/proposal.js';
import type { Remediation } from '../../../../remediations/define-remediation.js';
import { fixTexts } from '../../../../texts/fixes.js';
import { clip } from '../../../kit/writing/mrkdwn.js';

/** What a card says of the remediation behind it; absent where this version has none of that name. */
export type Remedy = Pick<Remediation, 'does' | 'impact'>;

/** A rule of thumb for one pod to be replaced and Ready, and for the longer look at the first. */
const POD_SECONDS = 20;
const FIRST_SECONDS = 10;
const VALUE = 120;

/** What it does, verb first, its parameters filled in; plain text. */
export function doesText({ title, params, target }: Proposal, remedy: Remedy | undefined): string {
  if (remedy === undefined) return uncapitalised(title.replace(/^Undo(?: of)?:? /, ''));
  return remedy.does.replace(/\{(\w+)\}/g, (_, name: string) => valueText(params[name], target));
}

function valueText(given: Json | undefined, target: ObjectRef | undefined): string {
  const value = Array.isArray(given) && given.length === 0 ? undefined : given;
  if (value === undefined || value === null) return target === undefined ? '' : nameOf(target);
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? '' : String(value);
  return clip(text, VALUE);
}

const nameOf = ({ namespace, name }: ObjectRef): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** Which pods it restarts and how long that takes; plain text. */
export function touchText({ rollouts }: Pick<Proposal, 'rollouts'>): string {
  const pods = rollouts.reduce((sum, set) => sum + set.pods, 0);
  if (pods === 0) return fixTexts.restartsNothing;
  const minutes = (pods * POD_SECONDS + FIRST_SECONDS) / 60;
  const sets = rollouts.filter((set) => set.pods > 0);
  return fixTexts.restarts(sets, fixTexts.minutes(minutes));
}

const uncapitalised = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
export const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

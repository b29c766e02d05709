import type { Mute } from '../../../approvals/create-mutes.js';
import type { CheckRun } from '../../../engine/checking/check-run.js';
import type { Finding } from './evidence.js';

export const isMuted = (finding: Finding, muted: readonly Mute[]): boolean =>
  muted.some((mute) => mute.finding === finding.id);

/** How many findings of a run are hidden. */
export const mutedOf = ({ checks }: Pick<CheckRun, 'checks'>, muted: readonly Mute[]): number =>
  checks.flatMap(({ findings }) => findings).filter((finding) => isMuted(finding, muted)).length;

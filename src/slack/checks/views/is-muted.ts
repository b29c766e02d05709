import type { Mute } from '../../../approvals/create-mutes.js';
import type { Finding } from './evidence.js';

export const isMuted = (finding: Finding, muted: readonly Mute[]): boolean =>
  muted.some((mute) => mute.finding === finding.id);

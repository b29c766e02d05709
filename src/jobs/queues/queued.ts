import type { Masked } from '../../masking/masked.js';
import type { Looked, Notification } from '../alerts/alert.js';
import type { CardJob, CareJob, CheckJob, FixJob, FleetJob, QuestionJob } from './payloads.js';

/** Why a cluster is not asked may be somebody's words. */
type QueuedFleet = Omit<FleetJob, 'leftOut'> & {
  readonly leftOut: readonly { readonly name: string; readonly why: Masked }[];
};

/** What may stand in a job: ids and names, and of texts none that is not masked. */
export type Queued =
  | CheckJob
  | FixJob
  | CardJob
  | Masked<Notification>
  | Masked<Looked>
  | { readonly incident: string }
  | CareJob
  | Record<string, never>
  | QueuedFleet
  | (Omit<QuestionJob, 'text'> & { readonly text: Masked });

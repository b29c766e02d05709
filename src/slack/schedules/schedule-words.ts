import { everyCluster, type Schedule } from '../../jobs/schedule/schedule.js';
import { scheduleTexts } from '../../texts/schedules.js';

const { told } = scheduleTexts;

/** What a schedule checks, in words. */
export const whatOf = ({ cluster }: Pick<Schedule, 'cluster'>): string =>
  cluster === everyCluster ? told.every : cluster;

/** What has it set up. */
export const commandOf = ({ cluster, when, always }: Pick<Schedule, 'cluster' | 'when' | 'always'>): string =>
  `/acknet schedule ${cluster} ${when}${always ? ' --always' : ''}`;

/** What ends it. */
export const endOf = ({ cluster }: Pick<Schedule, 'cluster'>): string => `/acknet unschedule ${cluster}`;

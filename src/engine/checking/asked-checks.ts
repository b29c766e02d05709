import { UNEXPLAINED } from '../symptoms/relating/unexplained.js';
import type { CheckRun } from './check-run.js';

/** Ids of the checks that a run was made of: what it says of symptoms is no check that can be asked for. */
export const askedChecks = ({ checks }: Pick<CheckRun, 'checks'>): string[] =>
  checks.map(({ id }) => id).filter((id) => id !== UNEXPLAINED);

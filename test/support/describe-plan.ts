import { describe, expect, it } from '@jest/globals';
import type { ObjectRef } from '../../src/cluster/ports.js';
import { isAcknetError } from '../../src/errors.js';
import type { Change, Plan, Remediation, Risk } from '../../src/remediations/define-remediation.js';
import { cloudOf, type InMemoryCloud } from './cloud-of.js';
import { type InMemoryCluster, readerOf } from './reader-of.js';

export interface PlanCase extends InMemoryCluster {
  /** Absent = not connected. */
  readonly cloud?: InMemoryCloud;
  readonly params?: Record<string, unknown>;
  readonly target?: ObjectRef;
  /** Part of the reason; the plan must be refused, or fail because something may not be read. */
  readonly refuses?: string;
  /** Part of what the refusal says is possible instead. */
  readonly hints?: string;
  /** `<verb> <kind>/<name>` of each change, in order; `[]` = nothing to do. */
  readonly changes?: readonly string[];
  readonly risk?: Risk;
  /** Parts of the warnings. */
  readonly warns?: readonly string[];
  /** Parts that no warning may have. */
  readonly silent?: readonly string[];
  readonly nodes?: readonly string[];
  readonly canary?: readonly string[];
}

/** Plans on raw objects, without a cluster: refusals, preconditions, warnings. */
export function describePlan(remediation: Remediation, cases: Readonly<Record<string, PlanCase>>): void {
  describe(`the plan of ${remediation.id}`, () => {
    it.each(Object.entries(cases))('%s', async (_title, given) => {
      const outcome = await planned(remediation, given);
      if (given.refuses !== undefined)
        return expect(outcome).toEqual({
          refused: expect.stringContaining(given.refuses),
          hint: expect.stringContaining(given.hints ?? ''),
        });
      if ('refused' in outcome) throw new Error(`refused: ${outcome.refused}`);
      const { plan } = outcome;
      if (given.changes) expect(plan.changes.map(lineOf)).toEqual(given.changes);
      if (given.risk) expect(plan.risk ?? remediation.risk).toBe(given.risk);
      for (const part of given.warns ?? []) expect(plan.warnings.join('\n')).toContain(part);
      for (const part of given.silent ?? []) expect(plan.warnings.join('\n')).not.toContain(part);
      const rolls = plan.changes.filter((change) => change.verb === 'roll-pods');
      if (given.nodes) expect(rolls.flatMap(({ nodes }) => nodes ?? [])).toEqual(given.nodes);
      if (given.canary) expect(rolls.flatMap(({ canary }) => canary ?? [])).toEqual(given.canary);
    });
  });
}

async function planned(
  remediation: Remediation,
  given: PlanCase,
): Promise<{ plan: Plan } | { refused: string; hint: string }> {
  try {
    const now = new Date('2026-11-24T03:00:00Z');
    const cloud = given.cloud && cloudOf(given.cloud);
    const input = { target: given.target, params: given.params ?? {}, now, cloud };
    return { plan: await remediation.plan(readerOf(given), input) };
  } catch (error) {
    if (isAcknetError(error)) return { refused: error.message, hint: error.hint ?? '' };
    throw error;
  }
}

const lineOf = ({ verb, about }: Change): string => `${verb} ${about.kind}/${about.name}`;

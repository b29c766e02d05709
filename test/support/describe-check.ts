import { describe, expect, it } from '@jest/globals';
import type { Check, Outcome, Verdict } from '../../src/checks/judging/define-check.js';
import type { NamedPath } from '../../src/checks/judging/named-path.js';
import { gatherIdentity } from '../../src/cluster/identity/gather-identity.js';
import { askCloud } from '../../src/engine/checking/reading/ask-cloud.js';
import { leftOpen } from '../../src/engine/checking/left-open.js';
import { isAcknetError } from '../../src/errors.js';
import { cloudOf, type InMemoryCloud } from './cloud-of.js';
import { type InMemoryCluster, readerOf } from './reader-of.js';

export interface CheckCase extends InMemoryCluster {
  /** Absent = the cloud is not connected. */
  readonly cloud?: InMemoryCloud;
  /** Two ends that are named; absent = none. */
  readonly path?: NamedPath;
  /** Parts that the facts (`label: value`) must show. */
  readonly facts?: readonly string[];
  readonly outcome: Outcome;
  /** `<message id>: <text>` of each finding, in order. */
  readonly finds?: readonly string[];
  /** Parts that the evidence (`where` or `value`) must show. */
  readonly evidence?: readonly string[];
  /** Part of the reason for `unknown` or `not-applicable`. */
  readonly says?: string;
  /** Part that neither reason may have. */
  readonly silent?: string;
  /** Messages that an `unknown` leaves open, where it leaves open no others. */
  readonly open?: readonly string[];
  readonly since?: string;
}

/**
 * Runs gather and judge on each case; fails when a message of the check has no case that produces it. What only the cloud
 * decides is shown by `describeCases` of a file of its own.
 */
export function describeCheck(check: Check, cases: Readonly<Record<string, CheckCase>>): void {
  describeCases(check, cases);
  it(`${check.id} has a case for every message that Kubernetes decides`, () => {
    const elsewhere = new Set(check.cloud?.decides ?? []);
    expect(unshown(check, cases).filter((message) => !elsewhere.has(message))).toEqual([]);
  });
}

const unshown = (check: Check, cases: Readonly<Record<string, CheckCase>>): readonly string[] => {
  const produced = new Set(
    Object.values(cases).flatMap(({ finds = [] }) => finds.map((line) => line.split(':')[0])),
  );
  return Object.keys(check.messages).filter((message) => !produced.has(message));
};

/** Each case by itself. */
export function describeCases(check: Check, cases: Readonly<Record<string, CheckCase>>): void {
  describe(check.id, () => {
    it.each(Object.entries(cases))('%s', async (_title, expected) => {
      const verdict = await judged(check, expected);
      expect({ outcome: verdict.outcome, finds: linesOf(verdict) }).toEqual({
        outcome: expected.outcome,
        finds: expected.finds ?? [],
      });
      const shown = verdict.findings
        .flatMap(({ evidence }) => evidence)
        .map(({ where, value }) => `${where}: ${value}`);
      for (const part of expected.evidence ?? []) expect(shown.join('\n')).toContain(part);
      const facts = verdict.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
      for (const part of expected.facts ?? []) expect(facts).toContain(part);
      if (expected.says !== undefined)
        expect(verdict.unknown?.detail ?? verdict.reason).toContain(expected.says);
      if (expected.open !== undefined)
        expect(verdict.unknown?.only).toEqual(expected.open.map((message) => `${check.id}.${message}`));
      if (expected.silent !== undefined)
        expect(verdict.unknown?.detail ?? verdict.reason ?? '').not.toContain(expected.silent);
    });

    if (Object.values(cases).some(({ cloud }) => cloud !== undefined))
      it('has a case for every message that the cloud brings', () => {
        expect(unshown(check, cases).filter((message) => check.cloud?.decides.includes(message))).toEqual([]);
      });
  });
}

async function judged(check: Check, given: CheckCase): Promise<Verdict> {
  const reader = readerOf(given);
  const identity = await gatherIdentity(reader);
  const applies = check.appliesTo(identity);
  if (typeof applies === 'string')
    return { outcome: 'not-applicable', findings: [], facts: [], reason: applies };
  const context = {
    now: new Date('2026-11-24T03:00:00Z'),
    identity,
    ...(given.since !== undefined && { since: new Date(given.since) }),
  };
  try {
    const facts = await check.gather(reader, given.path);
    const cloud = given.cloud && cloudOf(given.cloud);
    const seen = await askCloud(check, facts, {
      cloud,
      stop: new AbortController().signal,
      limits: { deadlineMs: 1000 },
    });
    const verdict = check.judge(facts, context, seen);
    return applies === true ? verdict : leftOpen(verdict, applies.undecided);
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    // As the engine does: a fault of the cluster is an outcome.
    return {
      outcome: 'unknown',
      findings: [],
      facts: [],
      unknown: { code: error.code, detail: error.message },
    };
  }
}

const linesOf = (verdict: Verdict): string[] =>
  verdict.findings.map(({ id, message }) => `${id.slice(id.indexOf('.') + 1)}: ${message}`);

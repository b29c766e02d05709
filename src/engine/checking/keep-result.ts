import type { Check, Evidence, Finding, Verdict } from '../../checks/judging/define-check.js';
import { chosenForms } from '../../checks/judging/message-forms.js';
import { mask, maskAll, maskPieces } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';
import type { CheckResult } from './check-run.js';

/** Whose verdict it is; without templates, its messages are masked as a whole. */
type Judged = Pick<Check, 'id' | 'title' | 'area' | 'intents'> & Partial<Pick<Check, 'messages'>>;
type KeptFinding = CheckResult['findings'][number];

/** A document in evidence may be a megabyte long; nobody reads that, and all of it would be masked, kept and posted. */
const LONGEST = 20_000;

/** A verdict as it leaves: kept, posted and printed, so what was judged as it stands is masked here. */
export const keptResult = (check: Judged, verdict: Verdict): CheckResult => ({
  id: check.id,
  title: check.title,
  area: check.area,
  intents: check.intents,
  outcome: verdict.outcome,
  findings: verdict.findings.map((finding) => keptFinding(check, finding)),
  facts: verdict.facts.map(({ label, value, where }) => ({
    label,
    value: shortened(value),
    where: where === undefined ? undefined : mask(where),
  })),
  unknown: verdict.unknown && { ...verdict.unknown, detail: shortened(verdict.unknown.detail) },
  reason: verdict.reason === undefined ? undefined : shortened(verdict.reason),
  cloudSeen: verdict.cloudSeen,
});

const keptFinding = (check: Judged, finding: Finding): KeptFinding => ({
  ...maskAll(finding),
  message: keptMessage(check, finding),
  evidence: finding.evidence.map(keptEvidence),
  intent: finding.intent,
});

const keptEvidence = ({ where, value, at }: Evidence): KeptFinding['evidence'][number] => ({
  where: mask(where),
  value: shortened(value),
  at,
});

/** The words of a message are the check's own; what fills its slots comes from the cluster. */
function keptMessage(check: Judged, { id, message, data }: Finding): Masked {
  const template = check.messages?.[id.slice(check.id.length + 1)]?.text;
  if (template === undefined) return shortened(message);
  const parts = chosenForms(template, data).split(/\{(\w{1,80})\}/);
  const own = parts.filter((_part, index) => index % 2 === 0);
  const slots = parts.filter((_part, index) => index % 2 === 1);
  return maskPieces(
    own,
    slots.map((slot) => String(data[slot] ?? `{${slot}}`).slice(0, LONGEST)),
  );
}

const shortened = (text: string): Masked =>
  mask(
    text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\n… (cut: ${text.length} characters in all)`,
  );

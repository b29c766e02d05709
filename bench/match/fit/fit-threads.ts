import type { ThreadEvidence } from '../../../src/intents/conversation/thread-evidence.js';
import type { ThreadWeights } from '../../../src/intents/conversation/thread-weights.js';
import type { LabelledConversation } from '../../../src/intents/evaluation/labelled-conversation.js';
import type { Question } from '../../../src/intents/evaluation/read-questions.js';
import type { Matcher } from '../../../src/intents/intent.js';
import { probabilityOf } from '../../../src/intents/match/evidence.js';
import { type DecisionExample, trainDecision } from './train-decision.js';

interface ThreadFit {
  readonly conversations: readonly LabelledConversation[];
  /** Single questions: in a thread about any other entry they are about something else. */
  readonly questions: readonly Question[];
  readonly entries: readonly string[];
  readonly matcher: Matcher;
  readonly evidence: ThreadEvidence;
}

const PENALTY = 0.02;
/** There are fewer switches than follow-ups, and a switch that is missed leads further astray. */
const SWITCH_WEIGHT = 3;
const QUESTION_WEIGHT = 0.3;
/** The share of switches that may be read as follow-ups, and of follow-ups as switches. */
const MOST_MISSED = { switches: 0.05, followUps: 0.01 };

/** Fits which message goes on about the entry under discussion. */
export function fitThreads(input: ThreadFit): ThreadWeights {
  const turns = turnExamples(input);
  const stays = trainDecision([...turns, ...questionExamples(input)], PENALTY);
  const shares = (yes: boolean) =>
    turns
      .filter((turn) => turn.yes === yes)
      .map(({ evidence }) => probabilityOf(evidence, stays))
      .sort((a, b) => a - b);
  const switches = shares(false);
  const followUps = shares(true);
  return {
    stays,
    thresholds: {
      stays: round(switches[Math.floor(switches.length * (1 - MOST_MISSED.switches))] ?? 1),
      leaves: round(followUps[Math.floor(followUps.length * MOST_MISSED.followUps)] ?? 0),
    },
  };
}

function turnExamples({ conversations, matcher, evidence }: ThreadFit): readonly DecisionExample[] {
  return conversations.flatMap(({ turns }) =>
    turns.flatMap(({ kind, text, intents }, at): DecisionExample[] => {
      const before = turns.slice(0, at).findLast((turn) => turn.intents.length > 0)?.intents;
      if (before === undefined || (kind !== 'follow-up' && kind !== 'switch')) return [];
      const entry = (kind === 'switch' ? undefined : before.find((id) => intents.includes(id))) ?? before[0];
      if (entry === undefined || (kind === 'switch' && intents.includes(entry))) return [];
      const said = { text, own: matcher.match(text), context: {} };
      const yes = kind === 'follow-up';
      return [{ evidence: evidence(entry, said), yes, weight: yes ? 1 : SWITCH_WEIGHT }];
    }),
  );
}

/** Each in a thread about the entry so many places further in the list. */
function questionExamples({ questions, entries, matcher, evidence }: ThreadFit): readonly DecisionExample[] {
  return questions.flatMap(({ text, intents }, at): DecisionExample[] => {
    const others = entries.filter((id) => !intents.includes(id));
    const entry = others[(at * 7) % others.length];
    if (intents.length === 0 || entry === undefined) return [];
    const said = { text, own: matcher.match(text), context: {} };
    return [{ evidence: evidence(entry, said), yes: false, weight: QUESTION_WEIGHT }];
  });
}

const round = (share: number): number => Math.round(share * 1000) / 1000;

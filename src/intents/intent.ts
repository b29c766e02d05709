import { z } from 'zod';
import type { WhenCondition } from './when-condition.js';

const intentAreas = ['terway', 'flannel', 'cluster', 'kube-proxy', 'ipv6'] as const;

const line = z.string().trim().min(1);

/** Front matter of `intents/<area>/<id>.md`. Unknown keys are faults. */
export const intentMetaSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: line,
  /** One line for buttons and lists, at most 72 characters. */
  summary: line.max(72),
  area: z.enum(intentAreas),
  /** Phrasings in a user's words. */
  ask: z.array(line).min(6),
  /** The only network plugin the entry is about, and what to say of clusters with the other one. */
  plugin: z.strictObject({ only: z.enum(['terway', 'flannel']), otherwise: line }).optional(),
  keywords: z.array(line).default([]),
  /** Literal messages and log lines the entry is recognised by; `…` stands for any text. */
  errors: z.array(line).default([]),
  checks: z.array(line).default([]),
  remediations: z.array(line).default([]),
  /** What Kubernetes cannot show about it, and where to look instead. */
  blind: line.optional(),
  /** It asks for what the cluster itself says: the facts of its checks are read and shown first. */
  facts: z.literal(true).optional(),
  links: z.array(z.strictObject({ title: line, url: z.url() })).min(1),
  /** Heading in the FAQ. */
  source: line,
});

export type IntentMeta = z.infer<typeof intentMetaSchema>;

export const sectionNames = ['Symptom', 'Cause', 'Solution', 'More', 'Corrections'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A part of an entry that answers a question of its own: "does that restart my pods?", "which version do I need?". */
export interface Passage {
  /** Names of `intents/passages.yaml`, at least one. */
  readonly kinds: readonly string[];
  readonly section: SectionName;
  /** When it holds; empty for what always does. */
  readonly conditions: readonly WhenCondition[];
  /** Placeholders not yet filled. */
  readonly markdown: string;
}

export interface Intent extends IntentMeta {
  /** Markdown per `##` heading, in file order, without passage marks; `:::when` blocks not yet resolved. */
  readonly sections: Readonly<Partial<Record<SectionName, string>>>;
  /** In file order; an item of a list and a marked sentence of a block are passages of their own. */
  readonly passages: readonly Passage[];
  readonly file: string;
}

export interface Candidate {
  readonly id: string;
  /** 0 to 1, comparable between questions. */
  readonly score: number;
}

/** Candidates are best first. `torn` holds two to four; `unplaced` the nearest topics. */
export type Match =
  | { readonly kind: 'sure'; readonly best: Candidate; readonly others: readonly Candidate[] }
  | { readonly kind: 'torn'; readonly candidates: readonly Candidate[] }
  | {
      readonly kind: 'unplaced';
      readonly nearest: readonly Candidate[];
      /** Checks that can see what the message tells of, although no entry is about it. */
      readonly suggestChecks?: readonly string[] | undefined;
    };

/** What is known besides the message. */
export interface MatchContext {
  /** The network plugin of the cluster in question, where a check has seen it: entries about another one are ruled out. */
  readonly plugin?: string | undefined;
}

export interface Matcher {
  match(text: string, context?: MatchContext): Match;
  /** Whether it names a thing of the field, or something that goes wrong with one. */
  isOfTheField(text: string): boolean;
}

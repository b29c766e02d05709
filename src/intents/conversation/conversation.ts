/** What acknet does with one message of a thread. */
export interface Reply {
  /** One entry for certain; asks which of the candidates; small talk or a command; says that it does not know. */
  readonly kind: 'answer' | 'choice' | 'talk' | 'unknown';
  /** The entry it answers with. */
  readonly intent: string | undefined;
  /** The passage of that entry it puts first, by its name in passages.yaml. */
  readonly passage: string | undefined;
  /** Entries it names besides: those to choose from, or those of a second question. */
  readonly candidates: readonly string[];
}

/** A thread: what was said in it decides how the next message is read. */
export interface Conversation {
  turn(text: string): Reply;
  /** Somebody takes one of the candidates that a reply offered. */
  pick(intent: string): void;
}

export type OpenConversation = () => Conversation;

import type { Intent } from './intent.js';

interface DanglingId {
  readonly intent: string;
  readonly file: string;
  readonly kind: 'check' | 'remediation';
  readonly id: string;
}

interface KnownIds {
  readonly checks: ReadonlySet<string>;
  readonly remediations: ReadonlySet<string>;
}

/** Check and remediation ids that entries name and nobody has. */
export function danglingIds(intents: readonly Intent[], known: KnownIds): readonly DanglingId[] {
  return intents.flatMap((intent) => [
    ...intent.checks.filter((id) => !known.checks.has(id)).map(dangling(intent, 'check')),
    ...intent.remediations.filter((id) => !known.remediations.has(id)).map(dangling(intent, 'remediation')),
  ]);
}

const dangling =
  ({ id: intent, file }: Intent, kind: DanglingId['kind']) =>
  (id: string): DanglingId => ({ intent, file, kind, id });

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
    ...missing(intent, 'check', intent.checks, known.checks),
    ...missing(intent, 'remediation', intent.remediations, known.remediations),
  ]);
}

function missing(
  { id: intent, file }: Intent,
  kind: DanglingId['kind'],
  named: readonly string[],
  known: ReadonlySet<string>,
): readonly DanglingId[] {
  return named.filter((id) => !known.has(id)).map((id) => ({ intent, file, kind, id }));
}

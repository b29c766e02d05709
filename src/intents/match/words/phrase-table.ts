/** A phrase found in a text: words `from` to `to`, the latter excluded. */
interface PhraseHit {
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

interface TrieNode {
  readonly next: Map<string, TrieNode>;
  names: string[];
}

/** Words that may stand between the words of a phrase without changing what it means. */
const FILLERS = new Set([
  'a',
  'an',
  'the',
  'our',
  'my',
  'your',
  'its',
  'their',
  'this',
  'that',
  'these',
  'those',
  'some',
  'any',
]);

/** Finds known phrases in a sequence of stems; the longest phrase at a place wins, and phrases do not overlap. */
export class PhraseTable {
  readonly #root: TrieNode = { next: new Map(), names: [] };

  add(stems: readonly string[], name: string): void {
    let node = this.#root;
    const essential = stems.filter((stem) => !FILLERS.has(stem));
    for (const stem of essential.length > 1 ? essential : stems) node = childOf(node, stem);
    if (!node.names.includes(name)) node.names.push(name);
  }

  find(stems: readonly string[]): readonly PhraseHit[] {
    const hits: PhraseHit[] = [];
    for (let at = 0; at < stems.length; ) {
      const hit = this.#longestAt(stems, at);
      if (hit !== undefined) hits.push(hit);
      at = hit?.to ?? at + 1;
    }
    return hits;
  }

  #longestAt(stems: readonly string[], from: number): PhraseHit | undefined {
    let node: TrieNode | undefined = this.#root;
    let longest: PhraseHit | undefined;
    for (let at = from; at < stems.length; at++) {
      const stem = stems[at] ?? '';
      const next: TrieNode | undefined = node.next.get(stem);
      if (next === undefined && FILLERS.has(stem) && at > from) continue;
      if (next === undefined) break;
      node = next;
      if (node.names.length > 0) longest = { from, to: at + 1, names: node.names };
    }
    return longest;
  }
}

function childOf(node: TrieNode, stem: string): TrieNode {
  const known = node.next.get(stem);
  if (known !== undefined) return known;
  const created: TrieNode = { next: new Map(), names: [] };
  node.next.set(stem, created);
  return created;
}

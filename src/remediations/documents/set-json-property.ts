import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/**
 * Sets one property of the object at the root of `source`, changing nothing else: every other byte stays. A new
 * property goes behind `after` (or first), spaced and indented like its neighbour. undefined = not a JSON object.
 */
export function setJsonProperty(
  source: string,
  property: { key: string; value: string; after?: string },
): string | undefined {
  const root = parseTree(source, [], { disallowComments: true });
  if (root?.type !== 'object') return undefined;

  const present = findNodeAtLocation(root, [property.key]);
  const value = JSON.stringify(property.value);
  if (present) return splice(source, present.offset, present.length, value);

  const neighbour = neighbourOf(root, property.after);
  if (neighbour === undefined)
    return splice(source, root.offset + 1, 0, `${JSON.stringify(property.key)}: ${value}`);

  const [key, held] = neighbour.children as [Node, Node];
  const colon = source.slice(key.offset + key.length, held.offset);
  const lead = /\s*$/.exec(source.slice(0, neighbour.offset))?.[0] ?? '';
  const added = `,${lead}${JSON.stringify(property.key)}${colon}${value}`;
  return splice(source, neighbour.offset + neighbour.length, 0, added);
}

function neighbourOf(root: Node, after: string | undefined): Node | undefined {
  const properties = root.children ?? [];
  return properties.find((entry) => entry.children?.[0]?.value === after) ?? properties[0];
}

const splice = (source: string, offset: number, length: number, text: string): string =>
  source.slice(0, offset) + text + source.slice(offset + length);
